import { t } from "@lingui/core/macro";
import type { Invite, Owner } from "@metrica/client/admin.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { useServices } from "#shared/services.ts";
import { ownersQuery, useRemoveOwner, useRevokeInvite } from "./api/owners.ts";
import { ConfirmButton } from "./confirm-button.tsx";

const InviteForm = lazy(() => import("./invite-form.tsx").then((module) => ({ default: module.InviteForm })));

interface OwnersPanelProps {
  storeId: string;
  timezone: string;
  /** Whether the store is archived. Owners can be removed from an archived store, but not invited. */
  archived: boolean;
}

/** The owners of a store and the pending invitations. */
export function OwnersPanel(props: OwnersPanelProps) {
  return (
    <Panel description={t`Users who can see the data of this store`} title={t`Owners`}>
      <OwnersList {...props} />
    </Panel>
  );
}

/** The owners and the invitations without the panel, with the form that invites. */
export function OwnersList({ storeId, timezone, archived }: OwnersPanelProps) {
  const { admin } = useServices();
  const access = useQuery(ownersQuery(admin, storeId));
  return (
    <>
      <LoadingPanel query={access}>
        {({ owners, invites }) =>
          owners.length + invites.length === 0 ? (
            <p className="text-muted-foreground text-sm">{t`No owners yet.`}</p>
          ) : (
            <ul className="divide-y divide-border">
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
      {!archived && (
        <Suspense fallback={<Skeleton className="mt-4 h-36" />}>
          <InviteForm storeId={storeId} />
        </Suspense>
      )}
    </>
  );
}

function OwnerItem({ owner, storeId }: { owner: Owner; storeId: string }) {
  const { admin } = useServices();
  const remove = useRemoveOwner(admin, storeId);
  const now = useNow();
  const seen = formatRelativeTime(owner.last_seen_at, now);
  const isLast = remove.error instanceof ApiProblem && remove.error.slug === "last_owner";
  return (
    <Item
      action={
        <ConfirmButton
          busy={remove.isPending}
          key={String(isLast)}
          label={isLast ? t`Remove last owner` : t`Remove`}
          onConfirm={() => remove.mutate({ userId: owner.user_id, allowOwnerless: isLast })}
          question={t`Confirm removal`}
        />
      }
      error={
        isLast
          ? t`This is the last owner. Without an owner, only superadmins have access to the store.`
          : remove.error && errorMessage(remove.error)
      }
      name={owner.email}
      note={
        owner.last_seen_at === null
          ? t`Not signed in yet`
          : t({ message: `Last seen ${seen}`, context: "a user" })
      }
      testId="owner"
    />
  );
}

function InviteItem({ invite, storeId, timezone }: { invite: Invite } & Omit<OwnersPanelProps, "archived">) {
  const { admin } = useServices();
  const revoke = useRevokeInvite(admin, storeId);
  const expiry = formatDateTime(invite.expires_at, timezone);
  return (
    <Item
      action={
        <ConfirmButton
          busy={revoke.isPending}
          label={t`Revoke`}
          onConfirm={() => revoke.mutate(invite.invite_id)}
          question={t`Confirm revocation`}
        />
      }
      error={revoke.error && errorMessage(revoke.error)}
      name={invite.email}
      note={t`Invitation expires ${expiry}`}
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
        <p className="truncate font-medium text-sm" title={name}>
          {name}
        </p>
        <p className="mt-0.5 text-[13px] text-muted-foreground">{note}</p>
        {error !== null && (
          <p className="text-[13px] text-destructive" role="alert">
            {error}
          </p>
        )}
      </div>
      {action}
    </li>
  );
}
