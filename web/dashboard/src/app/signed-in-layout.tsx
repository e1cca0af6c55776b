import { Button } from "@metrica/ui/button.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.tsx";

/** The frame of every page behind the sign-in. */
export function SignedInLayout() {
  const { owner, session } = useServices();
  const me = useQuery(meQuery(owner));
  const navigate = useNavigate();

  async function signOut() {
    await navigate({ to: "/sign-in" });
    await session.signOut();
  }

  return (
    <>
      <a
        className="sr-only focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-20 focus:rounded-lg focus:bg-surface focus:px-3 focus:py-2"
        href="#content"
      >
        Skip to the content
      </a>
      <header className="border-line border-b bg-surface/80 backdrop-blur">
        <div className="mx-auto flex h-14 max-w-6xl items-center justify-between gap-4 px-4 sm:px-6">
          <Link aria-label="Metrica: my stores" className="flex rounded" to="/">
            <Wordmark className="text-[17px]" />
          </Link>
          <div className="flex min-w-0 items-center gap-3">
            <span className="truncate text-[13px] text-ink-soft max-sm:hidden" data-testid="me">
              {me.data?.email}
            </span>
            <Button data-testid="sign-out" look="bare" onClick={() => void signOut()} size="small">
              Sign out
            </Button>
          </div>
        </div>
      </header>
      <main className="mx-auto max-w-6xl px-4 pt-6 pb-16 sm:px-6 sm:pt-8" id="content">
        <Outlet />
      </main>
    </>
  );
}
