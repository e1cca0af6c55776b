import { t } from "@lingui/core/macro";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { helpKeys, useShortcuts } from "@metrica/ui/keyboard/shortcuts.ts";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { PageLayout } from "@metrica/ui/page-layout.tsx";
import { PaletteButton } from "@metrica/ui/palette-button.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { CircleUser } from "lucide-react";
import { useEffect } from "react";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";

const DashboardPalette = lazyDialog(() =>
  import("#features/palette/dashboard-palette.tsx").then((module) => module.DashboardPalette),
);

const signInPageDelayMs = 2000;

/** The layout of the pages for signed-in users. */
export function SignedInLayout() {
  const { owner, session } = useServices();
  const me = useQuery(meQuery(owner));
  const navigate = useNavigate();
  const router = useRouter();

  // The page after signing out is needed without a connection, too. It loads once the numbers of this page are likely there.
  useEffect(() => {
    const timer = setTimeout(() => void router.preloadRoute({ to: "/sign-in" }), signInPageDelayMs);
    return () => clearTimeout(timer);
  }, [router]);

  useShortcuts({ [helpKeys]: () => void navigate({ to: "/help" }) });

  async function signOut() {
    const ended = session.signOut();
    await navigate({ to: "/sign-in" });
    await ended;
  }

  return (
    <PageLayout
      account={
        <>
          <PaletteButton>
            {(close) => <DashboardPalette onClose={close} onSignOut={() => void signOut()} />}
          </PaletteButton>
          <Link
            aria-label={t`My account`}
            className={buttonVariants({ variant: "ghost", size: "icon" })}
            data-testid="account"
            to="/account"
          >
            <CircleUser />
          </Link>
        </>
      }
      email={me.data?.email}
      home={
        <Link aria-label={t`Metrica: my stores`} className="flex rounded" to="/">
          <Wordmark className="text-[17px]" />
        </Link>
      }
      isWide
      onSignOut={() => void signOut()}
    >
      <Outlet />
    </PageLayout>
  );
}
