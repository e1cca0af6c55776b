import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { WorkerKey } from "@metrica/client/admin.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatDay } from "@metrica/ui/format/time.ts";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOpenFromAddress } from "#shared/open-search.ts";
import { useServices } from "#shared/services.ts";
import { useRevokeWorkerKey, workerKeysQuery } from "./api/worker-keys.ts";
import { ConfirmButton } from "./confirm-button.tsx";

const NewKeyDialog = lazyDialog(() => import("./new-key-dialog.tsx").then((module) => module.NewKeyDialog));

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
  useOpenFromAddress("add-key", () => setCreating(!archived));
  return (
    <Panel
      aside={
        !archived && (
          <Button
            type="button"
            variant="outline"
            data-testid="add-key"
            onClick={() => setCreating(true)}
            size="sm"
          >
            <Trans>Create key</Trans>
          </Button>
        )
      }
      description={t`The edge boxes of this store authenticate with these keys`}
      title={t`Worker keys`}
    >
      <LoadingPanel
        empty={
          <p className="text-muted-foreground text-sm">
            <Trans>No worker keys yet. An edge box needs one to send crossings.</Trans>
          </p>
        }
        isEmpty={(data) => data.worker_keys.length === 0}
        query={keys}
      >
        {(data) => (
          <ul className="divide-y divide-border">
            {data.worker_keys.map((key) => (
              <KeyItem key={key.worker_key_id} storeId={storeId} timezone={timezone} workerKey={key} />
            ))}
          </ul>
        )}
      </LoadingPanel>
      {creating && <NewKeyDialog onClose={() => setCreating(false)} storeId={storeId} />}
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
  const created = formatDay(created_at, timezone);
  const used = formatRelativeTime(last_used_at, now);
  return (
    <li
      className="flex items-center justify-between gap-4 py-3 first:pt-0 last:pb-0"
      data-testid="worker-key"
    >
      <div className="min-w-0">
        <p className="font-medium text-sm">
          {name} <code className="ml-1 font-normal text-muted-foreground text-xs">{`mk_…${hint}`}</code>
        </p>
        <p className="mt-0.5 text-[13px] text-muted-foreground tabular-nums">
          {t`Created ${created}`} · {last_used_at === null ? t`never used` : t`last used ${used}`}
        </p>
        {revoke.error !== null && (
          <p className="text-[13px] text-destructive">{errorMessage(revoke.error)}</p>
        )}
      </div>
      {revoked_at === null ? (
        <ConfirmButton
          busy={revoke.isPending}
          label={t`Revoke`}
          onConfirm={() => revoke.mutate(workerKey.worker_key_id)}
          question={t`Confirm revocation`}
        />
      ) : (
        <Badge variant="secondary">{t({ message: "Revoked", context: "a worker key" })}</Badge>
      )}
    </li>
  );
}
