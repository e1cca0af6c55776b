import { Trans } from "@lingui/react/macro";
import { onlyParsed, routerOptions } from "@metrica/ui/app/router-options.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { NotFoundPage } from "@metrica/ui/error-pages.tsx";
import { addCatalogue, type LoadMessages } from "@metrica/ui/language/catalogues.ts";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import {
  type LinkSearch,
  parseLinkSearch,
  parseSignInSearch,
  type SignInSearch,
} from "#features/session/search.ts";
import { dashboardQuery } from "#features/store/api/get-dashboard.ts";
import { liveQuery } from "#features/store/api/get-live.ts";
import { parseStoreSearch, type StoreSearch, toView } from "#features/store/search.ts";
import { storesQuery } from "#features/stores/api/get-stores.ts";
import type { Services } from "#shared/services.ts";

interface RouterContext {
  services: Services;
  queryClient: QueryClient;
}

const sessionMessages: LoadMessages = (language) => import(`../features/session/locales/${language}.po`);
const reportsMessages: LoadMessages = (language) => import(`../features/reports/locales/${language}.po`);
const storesMessages: LoadMessages = (language) => import(`../features/stores/locales/${language}.po`);
const wallMessages: LoadMessages = (language) => import(`../features/wall/locales/${language}.po`);
const storeMessages: LoadMessages = (language) => import(`../features/store/locales/${language}.po`);

/** Loads a page with its messages. */
async function withMessages<Page>(page: Promise<Page>, messages: LoadMessages): Promise<Page> {
  await addCatalogue(messages);
  return await page;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  return (
    <NotFoundPage>
      <Link className={buttonVariants({ variant: "outline" })} to="/">
        <Trans>Back to my stores</Trans>
      </Link>
    </NotFoundPage>
  );
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw): SignInSearch => onlyParsed(raw, parseSignInSearch(raw)),
  component: lazyRouteComponent(
    () => withMessages(import("#features/session/sign-in-page.tsx"), sessionMessages),
    "SignInPage",
  ),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (raw): LinkSearch => onlyParsed(raw, parseLinkSearch(raw)),
  component: lazyRouteComponent(
    () => withMessages(import("#features/session/welcome-page.tsx"), sessionMessages),
    "WelcomePage",
  ),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(
    () => withMessages(import("#features/session/forgot-password-page.tsx"), sessionMessages),
    "ForgotPasswordPage",
  ),
});

/** The path in the emails of reports. Its fragment has the token. */
const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: "/unsubscribe",
  component: lazyRouteComponent(
    () => withMessages(import("#features/reports/unsubscribe-page.tsx"), reportsMessages),
    "UnsubscribePage",
  ),
});

/** The page of a wall link. Its fragment has the token; it needs no sign-in. */
const wall = createRoute({
  getParentRoute: () => root,
  path: "/stores/$storeId/wall",
  component: lazyRouteComponent(
    () => withMessages(import("#features/wall/wall-page.tsx"), wallMessages),
    "WallPage",
  ),
});

/** The path in invitation emails. It redirects to `/welcome`. */
const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite",
  validateSearch: (raw): LinkSearch => onlyParsed(raw, parseLinkSearch(raw)),
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/welcome", search, replace: true });
  },
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "_signed-in",
  beforeLoad: ({ context, location }) => {
    if (context.services.session.isSignedIn()) return;
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
  },
  component: lazyRouteComponent(() => import("./signed-in-layout.tsx"), "SignedInLayout"),
});

const stores = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  loader: ({ context: { queryClient, services } }) =>
    void queryClient.prefetchQuery(storesQuery(services.owner)),
  component: lazyRouteComponent(
    () => withMessages(import("#features/stores/stores-page.tsx"), storesMessages),
    "StoresPage",
  ),
});

const store = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId",
  validateSearch: (raw): StoreSearch => onlyParsed(raw, parseStoreSearch(raw)),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, services }, params, deps }) => {
    void queryClient.prefetchQuery(liveQuery(services.owner, params.storeId));
    void queryClient.prefetchQuery(dashboardQuery(services.owner, params.storeId, toView(deps)));
  },
  component: lazyRouteComponent(
    () => withMessages(import("#features/store/store-page.tsx"), storeMessages),
    "StorePage",
  ),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  invite,
  forgotPassword,
  unsubscribe,
  wall,
  signedIn.addChildren([stores, store]),
]);

/** Creates the router. `history` is that of the browser by default. */
export function createAppRouter(services: Services, queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history === undefined ? {} : { history }),
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
