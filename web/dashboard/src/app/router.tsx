import { onlyParsed, routerOptions } from "@metrica/ui/app/router-options.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { NotFoundPage } from "@metrica/ui/error-pages.tsx";
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
import { type IncidentsSearch, parseIncidentsSearch } from "#features/incidents/search.ts";
import { parseReportsSearch, type ReportsSearch } from "#features/reports/search.ts";
import {
  type LinkSearch,
  parseLinkSearch,
  parseSignInSearch,
  type SignInSearch,
} from "#features/session/search.ts";
import { type CalendarSearch, parseCalendarSearch } from "#features/special-days/search.ts";
import { dashboardQuery } from "#features/store/api/get-dashboard.ts";
import { liveQuery } from "#features/store/api/get-live.ts";
import { parseStoreSearch, type StoreSearch, toView } from "#features/store/search.ts";
import { storesQuery } from "#features/stores/api/get-stores.ts";
import type { Services } from "#shared/services.ts";

interface RouterContext {
  services: Services;
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  return (
    <NotFoundPage>
      <Link className={buttonVariants({ variant: "outline" })} to="/">
        Back to my stores
      </Link>
    </NotFoundPage>
  );
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw): SignInSearch => onlyParsed(raw, parseSignInSearch(raw)),
  component: lazyRouteComponent(() => import("#features/session/sign-in-page.tsx"), "SignInPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (raw): LinkSearch => onlyParsed(raw, parseLinkSearch(raw)),
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

/** The path in the emails of reports. Its fragment has the token. */
const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: "/unsubscribe",
  component: lazyRouteComponent(() => import("#features/reports/unsubscribe-page.tsx"), "UnsubscribePage"),
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
  component: lazyRouteComponent(() => import("#features/stores/stores-page.tsx"), "StoresPage"),
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
  component: lazyRouteComponent(() => import("#features/store/store-page.tsx"), "StorePage"),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  component: lazyRouteComponent(() => import("#features/account/account-page.tsx"), "AccountPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId/settings",
  component: lazyRouteComponent(() => import("#features/store-settings/settings-page.tsx"), "SettingsPage"),
});

const firstSection = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/stores/$storeId/settings/notifications", params, replace: true });
  },
});

const notifications = createRoute({
  getParentRoute: () => settings,
  path: "/notifications",
  component: lazyRouteComponent(
    () => import("#features/notifications/notifications-page.tsx"),
    "NotificationsPage",
  ),
});

const reports = createRoute({
  getParentRoute: () => settings,
  path: "/reports",
  validateSearch: (raw): ReportsSearch => onlyParsed(raw, parseReportsSearch(raw)),
  component: lazyRouteComponent(() => import("#features/reports/reports-page.tsx"), "ReportsPage"),
});

const calendar = createRoute({
  getParentRoute: () => settings,
  path: "/calendar",
  validateSearch: (raw): CalendarSearch => onlyParsed(raw, parseCalendarSearch(raw)),
  component: lazyRouteComponent(() => import("#features/special-days/calendar-page.tsx"), "CalendarPage"),
});

const incidents = createRoute({
  getParentRoute: () => settings,
  path: "/incidents",
  validateSearch: (raw): IncidentsSearch => onlyParsed(raw, parseIncidentsSearch(raw)),
  component: lazyRouteComponent(() => import("#features/incidents/incidents-page.tsx"), "IncidentsPage"),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  invite,
  forgotPassword,
  unsubscribe,
  signedIn.addChildren([
    stores,
    store,
    account,
    settings.addChildren([firstSection, notifications, reports, calendar, incidents]),
  ]),
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
