import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { PageLayout } from "@metrica/ui/page-layout.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";

const tabClass =
  "rounded-lg px-3 py-1.5 font-medium text-[13px] text-muted-foreground hover:text-foreground aria-[current=page]:bg-muted aria-[current=page]:text-foreground";

/** The layout of the pages for superadmins. The API also checks the role on each request. */
export function SignedInLayout() {
  const { owner, session } = useServices();
  const me = useQuery(meQuery(owner));
  const navigate = useNavigate();

  async function signOut() {
    const ended = session.signOut();
    await navigate({ to: "/sign-in" });
    await ended;
  }

  return (
    <PageLayout
      email={me.data?.email}
      home={
        <Link className="flex rounded" to="/">
          <Wordmark className="text-[17px]" suffix="admin" />
        </Link>
      }
      onSignOut={() => void signOut()}
      navigation={
        <nav aria-label="Pages" className="flex gap-1">
          <Link activeOptions={{ exact: true }} className={tabClass} to="/">
            Stores and cameras
          </Link>
          <Link className={tabClass} data-testid="nav-audit" to="/audit">
            Audit log
          </Link>
        </nav>
      }
    >
      <LoadingPanel query={me}>
        {(data) =>
          data.is_superadmin ? (
            <Outlet />
          ) : (
            <EmptyState title="This account is not a superadmin">
              Only superadmins of this installation can use these pages. Use the dashboard to see your stores.
            </EmptyState>
          )
        }
      </LoadingPanel>
    </PageLayout>
  );
}
