import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { Invite, Owner } from "@metrica/client/admin.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { emailText } from "@metrica/ui/form/rules.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
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
export function OwnersPanel(props: OwnersPanelProps) {
  return (
    <Panel description="Users who can see the data of this store" title="Owners">
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
            <p className="text-muted-foreground text-sm">No owners yet.</p>
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
      {!archived && <InviteForm storeId={storeId} />}
    </>
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

const schema = z.object({ email: emailText });

function InviteForm({ storeId }: { storeId: string }) {
  const { admin } = useServices();
  const invite = useInviteOwner(admin, storeId);

  const [error, setError] = useState<Error | null>(null);
  const {
    control,
    handleSubmit,
    reset,
    setError: setFieldError,
  } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { email: "" },
  });
  const submit = handleSubmit(({ email }) => {
    setError(null);
    invite.mutate(email, {
      onSuccess: () => reset(),
      onError: (problem) => setError(placeApiErrors(problem, setFieldError, { email: "email" })),
    });
  });

  return (
    <form className="mt-4 grid gap-3 border-border border-t pt-4" noValidate onSubmit={submit}>
      <InputField
        control={control}
        data-testid="invite-email"
        label="Invite by email"
        name="email"
        placeholder="owner@example.com"
        type="email"
      />
      {error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(error)}</AlertDescription>
        </Alert>
      )}
      {invite.data !== undefined && invite.error === null && (
        <Alert data-testid="invite-sent" variant="success">
          <AlertDescription>
            {invite.data.mail_sent
              ? `Invitation sent to ${invite.data.email}.`
              : `${invite.data.email} already has an account and now has access to this store.`}
          </AlertDescription>
        </Alert>
      )}
      <Button
        variant="outline"
        disabled={invite.isPending}
        className="justify-self-start"
        data-testid="invite-send"
        type="submit"
      >
        Invite
      </Button>
    </form>
  );
}
