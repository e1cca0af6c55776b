import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { LinkType } from "@metrica/client/session/auth-service.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { AuthPage } from "../auth-page.tsx";
import { Alert, AlertDescription } from "../components/ui/alert.tsx";
import { Button } from "../components/ui/button.tsx";
import { FieldGroup } from "../components/ui/field.tsx";
import { errorText } from "../error-text.ts";
import { InputField } from "../form/input-field.tsx";
import { useDocumentTitle } from "../use-document-title.ts";
import { LinkErrorPage } from "./link-error.tsx";
import type { LinkSearch } from "./link-search.ts";
import { minPasswordLength, newPassword } from "./password.ts";
import { readPendingLink, removePendingLink, writePendingLink } from "./pending-link.ts";

interface WelcomePageProps {
  session: Session;
  /** The parameters of the address. */
  search: LinkSearch;
  /** The word after the name of the product, for an app that has one. */
  suffix?: string | undefined;
}

/**
 * The page of the links in invitation and recovery emails. The token is used on a click only, because mail scanners open links.
 * Then the user chooses a password for the next sign-in. A reload goes on where the user was.
 */
export function WelcomePage({ session, search, suffix }: WelcomePageProps) {
  useDocumentTitle(t`Welcome`);
  const { token_hash, type, error_code } = search;
  const navigate = useNavigate();
  const [pending, setPending] = useState(readPendingLink);

  async function choosePassword(email: string) {
    const next = { step: "password", email } as const;
    writePendingLink(next);
    setPending(next);
    // The token of the link is used up. Without it, a reload shows the form of the password again.
    await navigate({ to: "/welcome", search: { type }, replace: true });
  }

  if (error_code !== undefined) return <LinkErrorPage code={error_code} suffix={suffix} />;
  if (token_hash !== undefined)
    return (
      <AcceptLink
        accept={() => session.verifyLink(token_hash, type)}
        onAccepted={choosePassword}
        suffix={suffix}
        type={type}
      />
    );
  if (pending?.step === "accept")
    return (
      <AcceptLink
        accept={() => session.acceptLink(pending.refreshToken)}
        onAccepted={choosePassword}
        suffix={suffix}
        type={pending.type}
      />
    );
  if (pending?.step === "password" && session.isSignedIn())
    return <PasswordForm email={pending.email} session={session} suffix={suffix} />;
  return (
    <AuthPage
      description={t`The token at the end of the link is missing.`}
      suffix={suffix}
      title={t`Incomplete link`}
    >
      <p className="text-sm">
        <Trans>
          Open the link in the email again, or{" "}
          <Link className="text-primary underline underline-offset-2" to="/sign-in">
            sign in
          </Link>{" "}
          if you already have a password.
        </Trans>
      </p>
    </AuthPage>
  );
}

interface AcceptLinkProps extends Pick<WelcomePageProps, "suffix"> {
  type: LinkType;
  accept: () => Promise<{ email: string }>;
  /** Called when the user is signed in and has to choose a password. */
  onAccepted: (email: string) => Promise<void>;
}

/** Asks the user to accept a link, and signs in. */
function AcceptLink({ type, accept, onAccepted, suffix }: AcceptLinkProps) {
  const navigate = useNavigate();
  const verify = useMutation({
    mutationFn: accept,
    onSuccess: async ({ email }) => {
      if (type !== "magiclink") return await onAccepted(email);
      removePendingLink();
      await navigate({ to: "/", replace: true });
    },
  });
  const { title, description, button } = textsOf(type);
  return (
    <AuthPage description={description} suffix={suffix} title={title}>
      <div className="grid gap-4">
        {verify.error !== null && (
          <Alert data-testid="welcome-error" variant="destructive">
            <AlertDescription>{errorText(verify.error)}</AlertDescription>
          </Alert>
        )}
        <Button
          type="button"
          disabled={verify.isPending}
          className="w-full"
          data-testid="welcome-accept"
          onClick={() => verify.mutate()}
        >
          {button}
        </Button>
      </div>
    </AuthPage>
  );
}

/** Returns the texts about a link. */
function textsOf(type: LinkType): { title: string; description: string; button: string } {
  switch (type) {
    case "recovery":
      return {
        title: t`Reset your password`,
        description: t`Continue to choose a new password.`,
        button: t`Continue`,
      };
    case "magiclink":
      return { title: t`Sign in`, description: t`Continue with the link of the email.`, button: t`Sign in` };
    default:
      return {
        title: t`Welcome to Metrica`,
        description: t`You have been invited to view the data of a store.`,
        button: t`Accept invitation`,
      };
  }
}

interface PasswordFormProps extends Pick<WelcomePageProps, "session" | "suffix"> {
  email: string;
}

function PasswordForm({ email, session, suffix }: PasswordFormProps) {
  const navigate = useNavigate();
  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(newPassword),
    defaultValues: { password: "", confirmation: "" },
  });
  const save = useMutation({
    mutationFn: (password: string) => session.setPassword(password),
    onSuccess: () => {
      removePendingLink();
      return navigate({ to: "/" });
    },
  });

  return (
    <AuthPage
      description={t`You sign in as ${email} with this password.`}
      suffix={suffix}
      title={t`Choose a password`}
    >
      <form noValidate onSubmit={handleSubmit(({ password }) => save.mutate(password))}>
        <FieldGroup>
          <input autoComplete="username" hidden readOnly value={email} />
          <InputField
            autoComplete="new-password"
            control={control}
            data-testid="welcome-password"
            description={t`At least ${minPasswordLength} characters.`}
            label={t`Password`}
            name="password"
            type="password"
          />
          <InputField
            autoComplete="new-password"
            control={control}
            data-testid="welcome-password-confirmation"
            label={t`Confirm password`}
            name="confirmation"
            type="password"
          />
          {save.error !== null && (
            <Alert variant="destructive">
              <AlertDescription>{errorText(save.error)}</AlertDescription>
            </Alert>
          )}
          <Button className="w-full" data-testid="welcome-save" disabled={save.isPending} type="submit">
            <Trans>Save and continue</Trans>
          </Button>
        </FieldGroup>
      </form>
    </AuthPage>
  );
}
