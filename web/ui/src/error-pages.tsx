import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";
import { errorText } from "./error-text.ts";
import { Wordmark } from "./wordmark.tsx";

function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main
      className="mx-auto grid min-h-dvh w-full max-w-md content-center justify-items-start gap-4 px-5 py-12"
      data-testid="message-page"
    >
      <Wordmark className="text-xl" />
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {children}
    </main>
  );
}

/** The page for an error that a route threw. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <MessagePage title={t`Something went wrong`}>
      <Alert className="w-full" variant="destructive">
        <AlertDescription>{error instanceof Error ? errorText(error) : String(error)}</AlertDescription>
      </Alert>
      <Button onClick={() => window.location.reload()} type="button" variant="outline">
        <Trans>Reload the page</Trans>
      </Button>
    </MessagePage>
  );
}

/** The page for an address without a route. `children` is a link back into the app. */
export function NotFoundPage({ children }: { children: ReactNode }) {
  return (
    <MessagePage title={t`Page not found`}>
      <p className="text-muted-foreground text-sm">
        <Trans>Check the address for typing errors.</Trans>
      </p>
      {children}
    </MessagePage>
  );
}

/** The page for an invalid `/config.json`. It lists every problem. */
export function ConfigErrorPage({ problems }: { problems: readonly string[] }) {
  return (
    <MessagePage title={t`Invalid configuration`}>
      <Alert className="w-full" variant="destructive">
        <AlertDescription>
          <ul className="list-disc pl-4">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </AlertDescription>
      </Alert>
      <p className="text-muted-foreground text-sm">
        <Trans>
          The settings are in <code>/config.json</code>. Ask the administrator of this installation to correct
          them.
        </Trans>
      </p>
    </MessagePage>
  );
}
