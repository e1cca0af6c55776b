import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface PageLayoutProps {
  /** The link to the first page. */
  home: ReactNode;
  /** The links to the other pages. */
  navigation?: ReactNode;
  /** The address of the signed-in user; undefined while it loads. */
  email: string | null | undefined;
  onSignOut: () => void;
  children: ReactNode;
}

/** The layout of the pages for signed-in users: a header and the content. */
export function PageLayout({ home, navigation, email, onSignOut, children }: PageLayoutProps) {
  return (
    <>
      <a
        className="sr-only focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-20 focus:rounded-lg focus:bg-surface focus:px-3 focus:py-2"
        href="#content"
      >
        Skip to content
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
          {home}
          {navigation !== undefined && (
            <div className="mr-auto max-sm:order-last max-sm:w-full">{navigation}</div>
          )}
          <div className="flex min-w-0 items-center gap-3">
            <span className="truncate text-[13px] text-ink-soft max-sm:hidden" data-testid="me">
              {email}
            </span>
            <Button data-testid="sign-out" variant="ghost" onClick={onSignOut} size="small">
              Sign out
            </Button>
          </div>
        </div>
      </header>
      <main
        className="mx-auto max-w-6xl px-4 pt-6 pb-16 sm:px-6 sm:pt-8 outline-none"
        id="content"
        tabIndex={-1}
      >
        {children}
      </main>
    </>
  );
}
