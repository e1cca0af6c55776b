import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { SignInForm } from "@metrica/ui/sign-in-form.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { appName } from "#shared/app-name.ts";
import { useServices } from "#shared/services.ts";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  useDocumentTitle(t`Sign in`);
  const { session } = useServices();
  const router = useRouter();
  const { next } = route.useSearch();
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => session.signIn(email, password),
    onSuccess: () => router.history.push(next ?? "/"),
  });
  return (
    <AuthPage description={t`For superadmins of this installation.`} suffix={appName} title={t`Sign in`}>
      <SignInForm
        busy={signIn.isPending}
        error={signIn.error}
        onSignIn={(email, password) => signIn.mutate({ email, password })}
      />
      <Link
        className="mt-4 block rounded text-center text-[13px] text-muted-foreground hover:text-foreground"
        data-testid="forgot-password"
        to="/forgotten"
      >
        <Trans>Forgot your password?</Trans>
      </Link>
    </AuthPage>
  );
}
