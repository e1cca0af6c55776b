import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface PageFrameProps {
  /** The product's name, leading home. */
  home: ReactNode;
  /** The other pages, when there are any. */
  pages?: ReactNode;
  /** Who is signed in; nothing until it is known. */
  email: string | null | undefined;
  onSignOut: () => void;
  children: ReactNode;
}

/** The frame of every page behind the sign-in: a header that stays the same, and the page. */
export function PageFrame({ home, pages, email, onSignOut, children }: PageFrameProps) {
  return (
    <>
      <a
        className="sr-only focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-20 focus:rounded-lg focus:bg-surface focus:px-3 focus:py-2"
        href="#content"
      >
        Skip to the content
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
          {home}
          {pages !== undefined && <div className="mr-auto max-sm:order-last max-sm:w-full">{pages}</div>}
          <div className="flex min-w-0 items-center gap-3">
            <span className="truncate text-[13px] text-ink-soft max-sm:hidden" data-testid="me">
              {email}
            </span>
            <Button data-testid="sign-out" look="bare" onClick={onSignOut} size="small">
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
