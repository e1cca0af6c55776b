import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { LogOut, Settings, WifiOff } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "./components/ui/button.tsx";
import { cn } from "./lib/utils.ts";
import { useOnline } from "./use-online.ts";

const SettingsMenu = lazy(() =>
  import("./settings-menu.tsx").then((module) => ({ default: module.SettingsMenu })),
);

interface PageLayoutProps {
  /** The link to the first page. */
  home: ReactNode;
  /** The links to the other pages. */
  navigation?: ReactNode;
  /** The address of the signed-in user; undefined while it loads. */
  email: string | null | undefined;
  /** The buttons beside it: the palette, and the link to the page of the account. */
  account?: ReactNode;
  /** Whether the content uses more of a very wide window. */
  isWide?: boolean;
  onSignOut: () => void;
  children: ReactNode;
}

/** The layout of the pages for signed-in users: a header and the content. */
export function PageLayout({
  home,
  navigation,
  email,
  account,
  isWide = false,
  onSignOut,
  children,
}: PageLayoutProps) {
  const widthClass = cn("mx-auto max-w-6xl", isWide && "min-[112.5rem]:max-w-[100rem]");
  return (
    <>
      <a
        className="sr-only focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-20 focus:rounded-lg focus:bg-card focus:px-3 focus:py-2"
        href="#content"
      >
        <Trans>Skip to content</Trans>
      </a>
      <header className="border-border border-b bg-card print:hidden">
        <div
          className={cn(
            "flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 sm:px-6",
            widthClass,
          )}
        >
          {home}
          {navigation !== undefined && (
            <div className="mr-auto max-sm:order-last max-sm:w-full">{navigation}</div>
          )}
          <div className="flex min-w-0 items-center gap-2">
            <span
              className="truncate text-[13px] text-muted-foreground max-sm:hidden"
              data-testid="me"
              title={email ?? undefined}
            >
              {email}
            </span>
            {account}
            <SettingsButton />
            <Button data-testid="sign-out" onClick={onSignOut} size="sm" type="button" variant="ghost">
              <LogOut aria-hidden="true" className="sm:hidden" />
              <span className="max-sm:sr-only">
                <Trans>Sign out</Trans>
              </span>
            </Button>
          </div>
        </div>
      </header>
      <OfflineBanner />
      <main
        className={cn("px-4 pt-6 pb-16 outline-none sm:px-6 print:max-w-none print:p-0", widthClass)}
        id="content"
        tabIndex={-1}
      >
        {children}
      </main>
    </>
  );
}

function SettingsButton() {
  const [opened, setOpened] = useState(false);
  const button = (
    <Button
      aria-haspopup="menu"
      aria-label={t`Settings`}
      data-testid="settings"
      data-language-switch
      onClick={() => setOpened(true)}
      size="icon"
      type="button"
      variant="ghost"
    >
      <Settings />
    </Button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <SettingsMenu />
    </Suspense>
  );
}

/** Says that the browser has no connection. */
function OfflineBanner() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p
          className="flex items-center justify-center gap-2 bg-warning-muted px-4 py-2 text-center text-sm text-warning"
          data-testid="offline-banner"
        >
          <WifiOff aria-hidden="true" className="size-4 shrink-0" />
          <Trans>
            You are offline. The page shows earlier numbers, and updates them when the connection is back.
          </Trans>
        </p>
      )}
    </div>
  );
}
