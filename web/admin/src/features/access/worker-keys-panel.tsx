import type { WorkerKey } from "@metrica/client/admin.ts";
import { Badge } from "@metrica/ui/badge.tsx";
import { Button } from "@metrica/ui/button.tsx";
import { Panel } from "@metrica/ui/card.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatDay } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { errorMessage } from "#shared/error-message.ts";
import { FormActions } from "#shared/form-actions.tsx";
import { useServices } from "#shared/services.ts";
import { useCreateWorkerKey, useRevokeWorkerKey, workerKeysQuery } from "./api/worker-keys.ts";
import { ConfirmButton } from "./confirm-button.tsx";

interface WorkerKeysPanelProps {
  storeId: string;
  timezone: string;
  /** Whether the store is archived. No key can be added then. */
  archived: boolean;
}

/** The worker keys of a store. A secret is shown once, in the dialog that creates it. */
export function WorkerKeysPanel({ storeId, timezone, archived }: WorkerKeysPanelProps) {
  const { admin } = useServices();
  const keys = useQuery(workerKeysQuery(admin, storeId));
  const [creating, setCreating] = useState(false);
  return (
    <Panel
      aside={
        !archived && (
          <Button data-testid="add-key" onClick={() => setCreating(true)} size="small">
            Create key
          </Button>
        )
      }
      description="The edge boxes of this store authenticate with these keys"
      title="Worker keys"
    >
      <LoadingPanel
        empty={
          <p className="text-ink-soft text-sm">
            No worker keys yet. An edge box needs one to send crossings.
          </p>
        }
        isEmpty={(data) => data.worker_keys.length === 0}
        query={keys}
      >
        {(data) => (
          <ul className="divide-y divide-line">
            {data.worker_keys.map((key) => (
              <KeyItem key={key.worker_key_id} storeId={storeId} timezone={timezone} workerKey={key} />
            ))}
          </ul>
        )}
      </LoadingPanel>
      <Dialog onClose={() => setCreating(false)} open={creating} title="Create worker key">
        <NewKeyForm onClose={() => setCreating(false)} storeId={storeId} />
      </Dialog>
    </Panel>
  );
}

function KeyItem({
  workerKey,
  storeId,
  timezone,
}: {
  workerKey: WorkerKey;
  storeId: string;
  timezone: string;
}) {
  const { admin } = useServices();
  const revoke = useRevokeWorkerKey(admin, storeId);
  const now = useNow();
  const { name, hint, created_at, last_used_at, revoked_at } = workerKey;
  return (
    <li
      className="flex items-center justify-between gap-4 py-3 first:pt-0 last:pb-0"
      data-testid="worker-key"
    >
      <div className="min-w-0">
        <p className="font-medium text-sm">
          {name} <code className="ml-1 font-normal text-ink-faint text-xs">mk_…{hint}</code>
        </p>
        <p className="mt-0.5 text-[13px] text-ink-faint tabular-nums">
          Created {formatDay(created_at, timezone)} ·{" "}
          {last_used_at === null ? "never used" : `last used ${formatRelativeTime(last_used_at, now)}`}
        </p>
        {revoke.error !== null && <p className="text-[13px] text-critical">{errorMessage(revoke.error)}</p>}
      </div>
      {revoked_at === null ? (
        <ConfirmButton
          busy={revoke.isPending}
          label="Revoke"
          onConfirm={() => revoke.mutate(workerKey.worker_key_id)}
          question="Confirm revocation"
        />
      ) : (
        <Badge>Revoked</Badge>
      )}
    </li>
  );
}

function NewKeyForm({ storeId, onClose }: { storeId: string; onClose: () => void }) {
  const { admin } = useServices();
  const create = useCreateWorkerKey(admin, storeId);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    create.mutate(String(new FormData(event.currentTarget).get("name")).trim());
  }

  if (create.data !== undefined) {
    return (
      <div className="grid gap-4">
        <Notice tone="caution">This key is shown only once. Copy it to the edge box now.</Notice>
        <div className="flex items-center gap-2">
          <code
            className="min-w-0 flex-1 break-all rounded-lg bg-sunken px-3 py-2.5 text-[13px]"
            data-testid="worker-key-secret"
          >
            {create.data.key}
          </code>
          <CopyButton text={create.data.key} />
        </div>
        <Button className="justify-self-end" variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    );
  }
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <Field
        data-testid="key-name-field"
        hint="Where the key is used, for example: Edge box at the entrance."
        label="Name"
        maxLength={120}
        name="name"
        required
      />
      <FormActions busy={create.isPending} error={create.error} onCancel={onClose} submitLabel="Create" />
    </form>
  );
}

function CopyButton({ text }: { text: string }) {
  const [label, setLabel] = useState("Copy");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setLabel("Copied");
    } catch {
      setLabel("Select the key to copy it");
    }
  }
  return <Button onClick={() => void copy()}>{label}</Button>;
}
