import type { ReactNode } from "react";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";
import { Wordmark } from "./wordmark.tsx";

function MessagePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center justify-items-start gap-4 px-5 py-12">
      <Wordmark className="text-xl" />
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {children}
    </main>
  );
}

/** The page for an error that a route threw. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <MessagePage title="Something went wrong">
      <Alert className="w-full" variant="destructive">
        <AlertDescription>{error instanceof Error ? error.message : String(error)}</AlertDescription>
      </Alert>
      <Button onClick={() => window.location.reload()} type="button" variant="outline">
        Reload the page
      </Button>
    </MessagePage>
  );
}

/** The page for an address without a route. `children` is a link back into the app. */
export function NotFoundPage({ children }: { children: ReactNode }) {
  return (
    <MessagePage title="Page not found">
      <p className="text-muted-foreground text-sm">Check the address for typing errors.</p>
      {children}
    </MessagePage>
  );
}

/** The page for an invalid `/config.json`. It lists every problem. */
export function ConfigErrorPage({ problems }: { problems: readonly string[] }) {
  return (
    <MessagePage title="Invalid configuration">
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
        The settings are in <code>/config.json</code>. Ask the administrator of this installation to correct
        them.
      </p>
    </MessagePage>
  );
}
