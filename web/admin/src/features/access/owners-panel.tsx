import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
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
import { useOpenFromAddress } from "#shared/open-search.ts";
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
      {!archived && <InviteForm storeId={storeId} />}
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

function describeInvitation({ email, mail_sent }: { email: string; mail_sent: boolean }): string {
  return mail_sent
    ? t`Invitation sent to ${email}.`
    : t`${email} already has an account and now has access to this store.`;
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
    setFocus,
  } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: { email: "" },
  });
  useOpenFromAddress("invite", () => setFocus("email"));
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
        label={t`Invite by email`}
        name="email"
        placeholder={t`owner@example.com`}
        type="email"
      />
      {error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(error)}</AlertDescription>
        </Alert>
      )}
      {invite.data !== undefined && invite.error === null && (
        <Alert data-testid="invite-sent" variant="success">
          <AlertDescription>{describeInvitation(invite.data)}</AlertDescription>
        </Alert>
      )}
      <Button
        variant="outline"
        disabled={invite.isPending}
        className="justify-self-start"
        data-testid="invite-send"
        type="submit"
      >
        {t`Invite`}
      </Button>
    </form>
  );
}
