import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { unwrap } from "@metrica/client/api-client.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useServices } from "#shared/services.ts";
import { parseUnsubscribeToken } from "./unsubscribe-token.ts";

/** Ends the subscription of a report that was mailed, without a sign-in. A click is needed: scanners of mail open links. */
export function UnsubscribePage() {
  useDocumentTitle(t`Unsubscribe`);
  const { owner } = useServices();
  const token = useLocation({ select: ({ hash }) => parseUnsubscribeToken(hash) });
  const unsubscribe = useMutation({
    mutationFn: (known: string) =>
      unwrap(owner.POST("/unsubscribe/{token}", { params: { path: { token: known } } })),
  });

  if (token === null) {
    return (
      <AuthPage description={t`This link is not complete.`} title={t`Unsubscribe`}>
        <Alert variant="destructive">
          <AlertDescription>
            <Trans>Open the link in the email again, or copy the whole of it.</Trans>
          </AlertDescription>
        </Alert>
      </AuthPage>
    );
  }
  if (unsubscribe.isSuccess) {
    return (
      <AuthPage description={t`You get no more emails of this report.`} title={t`Unsubscribed`}>
        <Alert data-testid="unsubscribed" variant="success">
          <AlertDescription>
            <Trans>Your other reports and notifications stay as they are.</Trans>
          </AlertDescription>
        </Alert>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      description={t`You get no more emails of this report.`}
      title={t`Unsubscribe from this report?`}
    >
      <div className="grid gap-4">
        {unsubscribe.error !== null && (
          <Alert data-testid="unsubscribe-error" variant="destructive">
            <AlertDescription>{unsubscribeErrorText(unsubscribe.error)}</AlertDescription>
          </Alert>
        )}
        <Button
          className="w-full"
          data-testid="unsubscribe"
          disabled={unsubscribe.isPending}
          onClick={() => unsubscribe.mutate(token)}
        >
          <Trans>Unsubscribe</Trans>
        </Button>
      </div>
    </AuthPage>
  );
}

function unsubscribeErrorText(error: Error): string {
  if (error instanceof ApiProblem && error.status === 404) {
    return t`This link is no longer valid. The subscription has probably ended already.`;
  }
  return errorText(error);
}
