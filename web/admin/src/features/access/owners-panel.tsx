import type { Invite, Owner } from "@metrica/client/admin.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { Button } from "@metrica/ui/button.tsx";
import { Panel } from "@metrica/ui/card.tsx";
import { Field } from "@metrica/ui/field.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode, SubmitEvent } from "react";
import { errorMessage } from "#shared/error-message.ts";
import { useServices } from "#shared/services.ts";
import { ownersQuery, useInviteOwner, useRemoveOwner, useRevokeInvite } from "./api/owners.ts";
import { ConfirmButton } from "./confirm-button.tsx";

interface OwnersPanelProps {
  storeId: string;
  timezone: string;
  /** Whether the store is archived. Owners can be removed from an archived store, but not invited. */
  archived: boolean;
}

/** The owners of a store and the pending invitations. */
export function OwnersPanel({ storeId, timezone, archived }: OwnersPanelProps) {
  const { admin } = useServices();
  const access = useQuery(ownersQuery(admin, storeId));
  return (
    <Panel description="Users who can see the data of this store" title="Owners">
      <LoadingPanel query={access}>
        {({ owners, invites }) =>
          owners.length + invites.length === 0 ? (
            <p className="text-ink-soft text-sm">No owners yet.</p>
          ) : (
            <ul className="divide-y divide-line">
              {owners.map((owner) => (
                <OwnerItem key={owner.user_id} owner={owner} storeId={storeId} />
              ))}
              {invites.map((invite) => (
                <InviteItem invite={invite} key={invite.invite_id} storeId={storeId} timezone={timezone} />
              ))}
            </ul>
          )
        }
      </LoadingPanel>
      {!archived && <InviteForm storeId={storeId} />}
    </Panel>
  );
}

function OwnerItem({ owner, storeId }: { owner: Owner; storeId: string }) {
  const { admin } = useServices();
  const remove = useRemoveOwner(admin, storeId);
  const now = useNow();
  const isLast = remove.error instanceof ApiProblem && remove.error.slug === "last_owner";
  return (
    <Item
      action={
        <ConfirmButton
          busy={remove.isPending}
          key={String(isLast)}
          label={isLast ? "Remove last owner" : "Remove"}
          onConfirm={() => remove.mutate({ userId: owner.user_id, allowOwnerless: isLast })}
          question="Confirm removal"
        />
      }
      error={
        isLast
          ? "This is the last owner. Without an owner, only superadmins have access to the store."
          : remove.error && errorMessage(remove.error)
      }
      name={owner.email}
      note={
        owner.last_seen_at === null
          ? "Not signed in yet"
          : `Last seen ${formatRelativeTime(owner.last_seen_at, now)}`
      }
      testId="owner"
    />
  );
}

function InviteItem({ invite, storeId, timezone }: { invite: Invite } & Omit<OwnersPanelProps, "archived">) {
  const { admin } = useServices();
  const revoke = useRevokeInvite(admin, storeId);
  return (
    <Item
      action={
        <ConfirmButton
          busy={revoke.isPending}
          label="Revoke"
          onConfirm={() => revoke.mutate(invite.invite_id)}
          question="Confirm revocation"
        />
      }
      error={revoke.error && errorMessage(revoke.error)}
      name={invite.email}
      note={`Invitation expires ${formatDateTime(invite.expires_at, timezone)}`}
      testId="invite"
    />
  );
}

interface ItemProps {
  name: string;
  note: string;
  action: ReactNode;
  /** The error of the action; null without one. */
  error: string | null;
  testId: string;
}

function Item({ name, note, action, error, testId }: ItemProps) {
  return (
    <li className="flex items-center justify-between gap-4 py-3 first:pt-0" data-testid={testId}>
      <div className="min-w-0">
        <p className="truncate font-medium text-sm">{name}</p>
        <p className="mt-0.5 text-[13px] text-ink-faint">{note}</p>
        {error !== null && (
          <p className="text-[13px] text-critical" role="alert">
            {error}
          </p>
        )}
      </div>
      {action}
    </li>
  );
}

function InviteForm({ storeId }: { storeId: string }) {
  const { admin } = useServices();
  const invite = useInviteOwner(admin, storeId);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    invite.mutate(String(new FormData(form).get("email")).trim(), { onSuccess: () => form.reset() });
  }

  return (
    <form className="mt-4 grid gap-3 border-line border-t pt-4" onSubmit={submit}>
      <Field
        data-testid="invite-email"
        label="Invite by email"
        name="email"
        placeholder="owner@example.com"
        required
        type="email"
      />
      {invite.error !== null && <Notice tone="critical">{errorMessage(invite.error)}</Notice>}
      {invite.data !== undefined && invite.error === null && (
        <Notice testId="invite-sent" tone="positive">
          {invite.data.mail_sent
            ? `Invitation sent to ${invite.data.email}.`
            : `${invite.data.email} already has an account and now has access to this store.`}
        </Notice>
      )}
      <Button busy={invite.isPending} className="justify-self-start" data-testid="invite-send" type="submit">
        Invite
      </Button>
    </form>
  );
}
