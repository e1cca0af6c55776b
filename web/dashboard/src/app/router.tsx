import { routerOptions } from "@metrica/ui/app/router-options.ts";
import { buttonClass } from "@metrica/ui/button.tsx";
import { NotFoundPage } from "@metrica/ui/error-pages.tsx";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { parseLinkSearch, parseNextPath } from "#features/session/search.ts";
import { SignInPage } from "#features/session/sign-in-page.tsx";
import { dashboardQuery } from "#features/store/api/get-dashboard.ts";
import { liveQuery } from "#features/store/api/get-live.ts";
import { parseStoreSearch, toView } from "#features/store/search.ts";
import { storesQuery } from "#features/stores/api/get-stores.ts";
import type { Services } from "#shared/services.ts";
import { SignedInLayout } from "./signed-in-layout.tsx";

interface RouterContext {
  services: Services;
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  return (
    <NotFoundPage>
      <Link className={buttonClass("outline")} to="/">
        Back to my stores
      </Link>
    </NotFoundPage>
  );
}

/** The sign-in page. It is part of the entry chunk because it is the first page of a new user; other pages load lazily. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { next?: string } => {
    const next = parseNextPath(search.next);
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

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(
    () => import("#features/session/forgot-password-page.tsx"),
    "ForgotPasswordPage",
  ),
});

/** The path in invitation emails. It redirects to `/welcome`. */
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
    if ((await context.services.session.accessToken()) !== null) return;
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
  },
  component: SignedInLayout,
});

const stores = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  loader: ({ context: { queryClient, services } }) =>
    void queryClient.prefetchQuery(storesQuery(services.owner)),
  component: lazyRouteComponent(() => import("#features/stores/stores-page.tsx"), "StoresPage"),
});

const store = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId",
  validateSearch: parseStoreSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, services }, params, deps }) => {
    void queryClient.prefetchQuery(liveQuery(services.owner, params.storeId));
    void queryClient.prefetchQuery(dashboardQuery(services.owner, params.storeId, toView(deps)));
  },
  component: lazyRouteComponent(() => import("#features/store/store-page.tsx"), "StorePage"),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  invite,
  forgotPassword,
  signedIn.addChildren([stores, store]),
]);

export function createAppRouter(services: Services, queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { services, queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    ...routerOptions,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
