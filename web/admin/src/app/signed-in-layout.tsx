import { Button } from "@metrica/ui/button.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.tsx";

const tab =
  "rounded-lg px-3 py-1.5 font-medium text-[13px] text-ink-soft hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink";

/** The frame of every page behind the sign-in; only superadmins get further. The API checks each request anyway. */
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
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
          <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
            <Link className="flex rounded" to="/">
              <Wordmark className="text-[17px]" suffix="admin" />
            </Link>
            <nav aria-label="Pages" className="flex gap-1">
              <Link activeOptions={{ exact: true }} className={tab} to="/">
                Stores and cameras
              </Link>
              <Link className={tab} data-testid="nav-audit" to="/audit">
                Audit
              </Link>
            </nav>
          </div>
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
        <LoadingPanel query={me}>
          {(data) =>
            data.is_superadmin ? (
              <Outlet />
            ) : (
              <EmptyState title="This account is not a superadmin">
                These pages are for those who run this installation. The numbers of your stores are on the
                dashboard.
              </EmptyState>
            )
          }
        </LoadingPanel>
      </main>
    </>
  );
}
