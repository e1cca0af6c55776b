import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { Wordmark } from "./wordmark.tsx";

/** The page for an error that a route threw. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 px-5">
      <Notice tone="critical">
        <p className="font-medium">Something went wrong</p>
        <p>{error instanceof Error ? error.message : String(error)}</p>
      </Notice>
      <Button onClick={() => window.location.reload()}>Reload the page</Button>
    </main>
  );
}

/** The page for an address without a route. `children` is a link back into the app. */
export function NotFoundPage({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-5">
      <h1 className="font-semibold text-2xl tracking-tight">Page not found</h1>
      <p className="text-ink-soft text-sm">Check the address for typing errors.</p>
      {children}
    </main>
  );
}

/** The page for an invalid `/config.json`. It lists every problem. */
export function ConfigErrorPage({ problems }: { problems: readonly string[] }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-6 px-5">
      <Wordmark className="text-xl" />
      <Notice tone="critical">
        <p className="font-medium">Invalid configuration</p>
        <ul className="mt-1 list-disc pl-4">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Notice>
      <p className="text-ink-soft text-sm">
        The settings are in <code>/config.json</code>. Ask the administrator of this installation to correct
        them.
      </p>
    </main>
  );
}
