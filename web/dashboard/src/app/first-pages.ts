import type { LoadMessages } from "@metrica/ui/language/messages.ts";

/** A page with which many visits begin. */
export interface FirstPage {
  /** Its path in the router. */
  path: string;
  load: () => Promise<unknown>;
  messages: LoadMessages;
  /** Returns the paths of the API that it requests first, at an address without search parameters. */
  requests: (id: string) => readonly string[];
}

/** Loads the layout of the pages for signed-in users. */
export const loadLayout = () => import("./signed-in-layout.tsx");

/** The messages that the pages of the dashboard share. */
export const appMessages: LoadMessages = (language) => import(`../locales/${language}.po`);

export const firstPages = {
  signIn: {
    path: "/sign-in",
    load: () => import("#features/session/sign-in-page.tsx"),
    messages: (language) => import(`../features/session/locales/${language}.po`),
    requests: () => [],
  },
  stores: {
    path: "/",
    load: () => import("#features/stores/stores-page.tsx"),
    messages: (language) => import(`../features/stores/locales/${language}.po`),
    requests: () => ["/me", "/stores", "/stores?period=day&compare=previous"],
  },
  store: {
    path: "/stores/$storeId",
    load: () => import("#features/store/store-page.tsx"),
    messages: (language) => import(`../features/store/locales/${language}.po`),
    requests: (id) => ["/me", `/live/${id}`, `/dashboard/${id}?period=day&compare=previous&match=weekday`],
  },
} as const satisfies Record<string, FirstPage>;

/** Returns the page at a path, and the id in the path; null for another path. Without a session, the page is the one that signs in. */
export function firstPageAt(path: string, isSignedIn: boolean): { page: FirstPage; id: string } | null {
  const id = /^\/stores\/([^/]+)$/.exec(path)?.[1];
  const page =
    id !== undefined ? firstPages.store : Object.values(firstPages).find((each) => each.path === path);
  if (page === undefined) return null;
  return { page: isSignedIn ? page : firstPages.signIn, id: id ?? "" };
}
