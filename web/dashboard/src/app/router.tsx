import { Trans } from "@lingui/react/macro";
import { onlyParsed, routerOptions } from "@metrica/ui/app/router-options.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { NotFoundPage } from "@metrica/ui/error-pages.tsx";
import { loadProblemWords } from "@metrica/ui/error-text.ts";
import { incidentMessages } from "@metrica/ui/incidents/messages.ts";
import { type LoadMessages, withMessages } from "@metrica/ui/language/catalogues.ts";
import { type LinkSearch, parseLinkSearch } from "@metrica/ui/session/link-search.ts";
import { linkMessages } from "@metrica/ui/session/messages.ts";
import { parseSignInSearch, type SignInSearch } from "@metrica/ui/sign-in-search.ts";
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
import { meQuery } from "#features/session/api/get-me.ts";
import { type CalendarSearch, parseCalendarSearch } from "#features/special-days/search.ts";
import { dashboardQuery } from "#features/store/api/get-dashboard.ts";
import { liveQuery } from "#features/store/api/get-live.ts";
import { parseStoreSearch, type StoreSearch, toView } from "#features/store/search.ts";
import { storesOfTodayQuery, storesQuery } from "#features/stores/api/get-stores.ts";
import { parseStoresSearch, type StoresSearch } from "#features/stores/search.ts";
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

const accountMessages: LoadMessages = (language) => import(`../features/account/locales/${language}.po`);
const helpMessages: LoadMessages = (language) => import(`../features/help/locales/${language}.po`);
const settingsMessages: LoadMessages = (language) =>
  import(`../features/store-settings/locales/${language}.po`);
const notificationsMessages: LoadMessages = (language) =>
  import(`../features/notifications/locales/${language}.po`);
const calendarMessages: LoadMessages = (language) =>
  import(`../features/special-days/locales/${language}.po`);
const incidentsMessages: LoadMessages = (language) => import(`../features/incidents/locales/${language}.po`);

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
    () => withMessages(import("#features/session/welcome-page.tsx"), linkMessages),
    "WelcomePage",
  ),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(
    () => withMessages(import("#features/session/forgot-password-page.tsx"), linkMessages),
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
    if (context.services.session.isSignedIn()) {
      // Without these words, refusals have the sentences of the API.
      loadProblemWords().catch(() => undefined);
      return;
    }
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
  },
  loader: ({ context: { queryClient, services } }) => {
    void queryClient.prefetchQuery(meQuery(services.owner));
  },
  component: lazyRouteComponent(() => import("./signed-in-layout.tsx"), "SignedInLayout"),
});

const stores = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: (raw): StoresSearch => onlyParsed(raw, parseStoresSearch(raw)),
  // The search and the order of the table are no reason to fetch the stores again.
  shouldReload: false,
  loader: ({ context: { queryClient, services } }) => {
    void queryClient.prefetchQuery(storesQuery(services.owner));
    void queryClient.prefetchQuery(storesOfTodayQuery(services.owner));
  },
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

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/account/account-page.tsx"),
        accountMessages,
        linkMessages,
        reportsMessages,
      ),
    "AccountPage",
  ),
});

const help = createRoute({
  getParentRoute: () => signedIn,
  path: "/help",
  component: lazyRouteComponent(
    () => withMessages(import("#features/help/help-page.tsx"), helpMessages),
    "HelpPage",
  ),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId/settings",
  component: lazyRouteComponent(
    () => withMessages(import("#features/store-settings/settings-page.tsx"), settingsMessages),
    "SettingsPage",
  ),
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
    () =>
      withMessages(
        import("#features/notifications/notifications-page.tsx"),
        notificationsMessages,
        incidentMessages,
      ),
    "NotificationsPage",
  ),
});

const reports = createRoute({
  getParentRoute: () => settings,
  path: "/reports",
  validateSearch: (raw): ReportsSearch => onlyParsed(raw, parseReportsSearch(raw)),
  component: lazyRouteComponent(
    () => withMessages(import("#features/reports/reports-page.tsx"), reportsMessages),
    "ReportsPage",
  ),
});

const calendar = createRoute({
  getParentRoute: () => settings,
  path: "/calendar",
  validateSearch: (raw): CalendarSearch => onlyParsed(raw, parseCalendarSearch(raw)),
  component: lazyRouteComponent(
    () => withMessages(import("#features/special-days/calendar-page.tsx"), calendarMessages),
    "CalendarPage",
  ),
});

const incidents = createRoute({
  getParentRoute: () => settings,
  path: "/incidents",
  validateSearch: (raw): IncidentsSearch => onlyParsed(raw, parseIncidentsSearch(raw)),
  component: lazyRouteComponent(
    () => withMessages(import("#features/incidents/incidents-page.tsx"), incidentsMessages, incidentMessages),
    "IncidentsPage",
  ),
});

const screens = createRoute({
  getParentRoute: () => settings,
  path: "/screens",
  component: lazyRouteComponent(
    () => withMessages(import("#features/wall/wall-links-page.tsx"), wallMessages),
    "WallLinksPage",
  ),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  invite,
  forgotPassword,
  unsubscribe,
  wall,
  signedIn.addChildren([
    stores,
    store,
    account,
    help,
    settings.addChildren([firstSection, notifications, reports, calendar, incidents, screens]),
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
