import { plainSearch } from "@metrica/ui/app/plain-search.ts";
import { RouteFault } from "@metrica/ui/route-fault.tsx";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { parseLinkSearch } from "#features/session/link-search.ts";
import { parseNext } from "#features/session/next-address.ts";
import { SignInPage } from "#features/session/sign-in-page.tsx";
import { dashboardQuery } from "#features/store/api/get-dashboard.ts";
import { liveQuery } from "#features/store/api/get-live.ts";
import { parseStoreSearch, viewOf } from "#features/store/search.ts";
import { storesQuery } from "#features/stores/api/get-stores.ts";
import type { Services } from "#shared/services.ts";
import { NotFound } from "./not-found.tsx";
import { SignedInLayout } from "./signed-in-layout.tsx";

interface RouterContext {
  services: Services;
  queries: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

/** The first page of a new visitor: the only one that comes with the app itself instead of when it is asked for. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { next?: string } => {
    const next = parseNext(search.next);
    return next === undefined ? {} : { next };
  },
  component: SignInPage,
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: parseLinkSearch,
  component: lazyRouteComponent(() => import("#features/session/welcome-page.tsx"), "WelcomePage"),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(() => import("#features/session/forgotten-page.tsx"), "ForgottenPage"),
});

/** The address that invitation mails carry. */
const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite",
  validateSearch: parseLinkSearch,
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/welcome", search, replace: true });
  },
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "_signed-in",
  beforeLoad: async ({ context, location }) => {
    if ((await context.services.session.token()) !== null) return;
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
  },
  component: SignedInLayout,
});

const stores = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  loader: ({ context: { queries, services } }) => void queries.prefetchQuery(storesQuery(services.owner)),
  component: lazyRouteComponent(() => import("#features/stores/stores-page.tsx"), "StoresPage"),
});

const store = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId",
  validateSearch: parseStoreSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries, services }, params, deps }) => {
    void queries.prefetchQuery(liveQuery(services.owner, params.storeId));
    void queries.prefetchQuery(dashboardQuery(services.owner, params.storeId, viewOf(deps)));
  },
  component: lazyRouteComponent(() => import("#features/store/store-page.tsx"), "StorePage"),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  invite,
  forgotten,
  signedIn.addChildren([stores, store]),
]);

export function createAppRouter(services: Services, queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { services, queries },
    defaultErrorComponent: RouteFault,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    ...plainSearch,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
