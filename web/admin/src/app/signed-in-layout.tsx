import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { helpKeys, useShortcuts } from "@metrica/ui/keyboard/shortcuts.ts";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { PageLayout } from "@metrica/ui/page-layout.tsx";
import { PaletteButton } from "@metrica/ui/palette-button.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { meQuery } from "#features/session/api/get-me.ts";
import { appName } from "#shared/app-name.ts";
import { pageKeys } from "#shared/page-keys.ts";
import { useServices } from "#shared/services.ts";

const AdminPalette = lazyDialog(() =>
  import("#features/palette/admin-palette.tsx").then((module) => module.AdminPalette),
);
const KeysDialog = lazyDialog(() =>
  import("#features/keys/keys-dialog.tsx").then((module) => module.KeysDialog),
);

const tabClass =
  "rounded-lg px-3 py-1.5 [overflow-wrap:normal] max-sm:px-2 font-medium text-[13px] text-muted-foreground hover:text-foreground aria-[current=page]:bg-muted aria-[current=page]:text-foreground";

/** The layout of the pages for superadmins. The API also checks the role on each request. */
export function SignedInLayout() {
  const { owner, session } = useServices();
  const me = useQuery(meQuery(owner));
  const navigate = useNavigate();
  const router = useRouter();
  const [showsKeys, setShowsKeys] = useState(false);

  // The page after signing out. It is loaded now, because it is needed without a connection, too.
  useEffect(() => void router.preloadRoute({ to: "/sign-in" }), [router]);

  useShortcuts({
    [pageKeys.stores]: () => void navigate({ to: "/" }),
    [pageKeys.audit]: () => void navigate({ to: "/audit" }),
    [helpKeys]: () => setShowsKeys(true),
  });

  async function signOut() {
    const ended = session.signOut();
    await navigate({ to: "/sign-in" });
    await ended;
  }

  return (
    <PageLayout
      account={
        <PaletteButton>
          {(close) => (
            <AdminPalette
              onClose={close}
              onShowKeys={() => setShowsKeys(true)}
              onSignOut={() => void signOut()}
            />
          )}
        </PaletteButton>
      }
      email={me.data?.email}
      home={
        <Link aria-label={t`Metrica admin: stores and cameras`} className="flex rounded" to="/">
          <Wordmark className="text-[17px]" suffix={appName} />
        </Link>
      }
      onSignOut={() => void signOut()}
      navigation={
        <nav aria-label={t`Pages`} className="flex gap-1">
          <Link activeOptions={{ exact: true }} className={tabClass} to="/">
            <Trans>Stores and cameras</Trans>
          </Link>
          <Link className={tabClass} data-testid="nav-audit" to="/audit">
            <Trans>Audit log</Trans>
          </Link>
        </nav>
      }
    >
      <LoadingPanel query={me}>
        {(data) =>
          data.is_superadmin ? (
            <Outlet />
          ) : (
            <EmptyState title={t`This account is not a superadmin`}>
              <Trans>
                Only superadmins of this installation can use these pages. Use the dashboard to see your
                stores.
              </Trans>
            </EmptyState>
          )
        }
      </LoadingPanel>
      {showsKeys && <KeysDialog onClose={() => setShowsKeys(false)} />}
    </PageLayout>
  );
}
