import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { PageFrame } from "@metrica/ui/page-frame.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";

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
    <PageFrame
      email={me.data?.email}
      home={
        <Link className="flex rounded" to="/">
          <Wordmark className="text-[17px]" suffix="admin" />
        </Link>
      }
      onSignOut={() => void signOut()}
      pages={
        <nav aria-label="Pages" className="flex gap-1">
          <Link activeOptions={{ exact: true }} className={tab} to="/">
            Stores and cameras
          </Link>
          <Link className={tab} data-testid="nav-audit" to="/audit">
            Audit
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
              These pages are for those who run this installation. The numbers of your stores are on the
              dashboard.
            </EmptyState>
          )
        }
      </LoadingPanel>
    </PageFrame>
  );
}
