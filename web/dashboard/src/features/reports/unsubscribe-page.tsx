import { unwrap } from "@metrica/client/api-client.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { AuthPage } from "@metrica/ui/auth-page.tsx";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useMutation } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useServices } from "#shared/services.ts";
import { parseUnsubscribeToken } from "./unsubscribe-token.ts";

/** Ends the subscription of a report that was mailed, without a sign-in. A click is needed: scanners of mail open links. */
export function UnsubscribePage() {
  useDocumentTitle("Unsubscribe");
  const { owner } = useServices();
  const token = useLocation({ select: ({ hash }) => parseUnsubscribeToken(hash) });
  const unsubscribe = useMutation({
    mutationFn: (known: string) =>
      unwrap(owner.POST("/unsubscribe/{token}", { params: { path: { token: known } } })),
  });

  if (token === null) {
    return (
      <AuthPage description="This link is not complete." title="Unsubscribe">
        <Alert variant="destructive">
          <AlertDescription>Open the link in the email again, or copy the whole of it.</AlertDescription>
        </Alert>
      </AuthPage>
    );
  }
  if (unsubscribe.isSuccess) {
    return (
      <AuthPage description="You get no more emails of this report." title="Unsubscribed">
        <Alert data-testid="unsubscribed" variant="success">
          <AlertDescription>Your other reports and notifications stay as they are.</AlertDescription>
        </Alert>
      </AuthPage>
    );
  }
  return (
    <AuthPage description="You get no more emails of this report." title="Unsubscribe from this report?">
      <div className="grid gap-4">
        {unsubscribe.error !== null && (
          <Alert data-testid="unsubscribe-error" variant="destructive">
            <AlertDescription>{errorText(unsubscribe.error)}</AlertDescription>
          </Alert>
        )}
        <Button
          className="w-full"
          data-testid="unsubscribe"
          disabled={unsubscribe.isPending}
          onClick={() => unsubscribe.mutate(token)}
        >
          Unsubscribe
        </Button>
      </div>
    </AuthPage>
  );
}

function errorText(error: Error): string {
  if (error instanceof ApiProblem && error.status === 404) {
    return "This link is no longer valid. The subscription has probably ended already.";
  }
  return error.message;
}
