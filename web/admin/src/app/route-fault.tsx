import { buttonClass } from "@metrica/ui/button.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { Link } from "@tanstack/react-router";

/** Instead of a page that could not be shown. */
export function RouteFault({ error }: { error: unknown }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 px-5">
      <Notice tone="critical">
        <p className="font-medium">This page could not be shown.</p>
        <p>{error instanceof Error ? error.message : String(error)}</p>
      </Notice>
      <button className={buttonClass("quiet")} onClick={() => window.location.reload()} type="button">
        Load it again
      </button>
    </main>
  );
}

export function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-5">
      <h1 className="font-semibold text-2xl tracking-tight">There is nothing at this address</h1>
      <Link className={buttonClass("quiet")} to="/">
        Go to stores and cameras
      </Link>
    </main>
  );
}
