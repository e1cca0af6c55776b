import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Instead of a page that could not be shown. */
export function RouteFault({ error }: { error: unknown }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 px-5">
      <Notice tone="critical">
        <p className="font-medium">This page could not be shown.</p>
        <p>{error instanceof Error ? error.message : String(error)}</p>
      </Notice>
      <Button onClick={() => window.location.reload()}>Load it again</Button>
    </main>
  );
}

/** Instead of a page that does not exist; `children` is the way back. */
export function NothingHere({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-5">
      <h1 className="font-semibold text-2xl tracking-tight">There is nothing at this address</h1>
      {children}
    </main>
  );
}
