import { Trans } from "@lingui/react/macro";
import { onlyParsed, routerOptions } from "@metrica/ui/app/router-options.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { NotFoundPage } from "@metrica/ui/error-pages.tsx";
import { loadProblemWords } from "@metrica/ui/error-text.ts";
import { incidentMessages } from "@metrica/ui/incidents/messages.ts";
import { withMessages } from "@metrica/ui/language/catalogues.ts";
import type { LoadMessages } from "@metrica/ui/language/messages.ts";
import { type LinkSearch, parseLinkSearch } from "@metrica/ui/session/link-search.ts";
import { linkMessages } from "@metrica/ui/session/messages.ts";
import { parseSignInSearch, type SignInSearch } from "@metrica/ui/sign-in-search.ts";
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
import { type AuditSearch, parseAuditSearch } from "#features/audit/search.ts";
import { parseStoresSearch, type StoresSearch } from "#features/health/search.ts";
import { parseSetupSearch, type SetupSearch } from "#features/setup/search.ts";
import { type OpenSearch, parseOpenSearch } from "#shared/open-search.ts";
import type { Services } from "#shared/services.ts";

const accessMessages: LoadMessages = (language) => import(`../features/access/locales/${language}.po`);
const auditMessages: LoadMessages = (language) => import(`../features/audit/locales/${language}.po`);
const camerasMessages: LoadMessages = (language) => import(`../features/cameras/locales/${language}.po`);
const checksMessages: LoadMessages = (language) => import(`../features/count-checks/locales/${language}.po`);
const crossingsMessages: LoadMessages = (language) => import(`../features/crossings/locales/${language}.po`);
const healthMessages: LoadMessages = (language) => import(`../features/health/locales/${language}.po`);
const troublesMessages: LoadMessages = (language) => import(`../features/incidents/locales/${language}.po`);
const lineMessages: LoadMessages = (language) => import(`../features/line/locales/${language}.po`);
const sessionMessages: LoadMessages = (language) => import(`../features/session/locales/${language}.po`);
const setupMessages: LoadMessages = (language) => import(`../features/setup/locales/${language}.po`);
const storesMessages: LoadMessages = (language) => import(`../features/stores/locales/${language}.po`);

interface RouterContext {
  services: Services;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  return (
    <NotFoundPage>
      <Link className={buttonVariants({ variant: "outline" })} to="/">
        <Trans>Back to the overview</Trans>
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
  component: lazyRouteComponent(() => import("./signed-in-layout.tsx"), "SignedInLayout"),
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: (raw): StoresSearch & OpenSearch =>
    onlyParsed(raw, { ...parseStoresSearch(raw), ...parseOpenSearch(raw) }),
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/health/overview-page.tsx"),
        healthMessages,
        storesMessages,
        incidentMessages,
        checksMessages,
      ),
    "OverviewPage",
  ),
});
const store = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId",
  validateSearch: (raw): OpenSearch => onlyParsed(raw, parseOpenSearch(raw)),
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/stores/store-page.tsx"),
        storesMessages,
        accessMessages,
        camerasMessages,
      ),
    "StorePage",
  ),
});
const setup = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId/setup",
  validateSearch: (raw): SetupSearch => onlyParsed(raw, parseSetupSearch(raw)),
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/setup/setup-page.tsx"),
        setupMessages,
        storesMessages,
        accessMessages,
        camerasMessages,
        lineMessages,
        crossingsMessages,
        troublesMessages,
        incidentMessages,
      ),
    "SetupPage",
  ),
});
const camera = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId",
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/cameras/camera-page.tsx"),
        camerasMessages,
        lineMessages,
        checksMessages,
      ),
    "CameraPage",
  ),
});
const liveTest = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId/live",
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/crossings/live-test-page.tsx"),
        crossingsMessages,
        troublesMessages,
        incidentMessages,
      ),
    "LiveTestPage",
  ),
});
const tally = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId/count",
  component: lazyRouteComponent(
    () => withMessages(import("#features/count-checks/tally-page.tsx"), checksMessages),
    "TallyPage",
  ),
});
const certificate = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId/certificate",
  component: lazyRouteComponent(
    () => withMessages(import("#features/count-checks/certificate-page.tsx"), checksMessages),
    "CertificatePage",
  ),
});
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/audit",
  validateSearch: (raw): AuditSearch => onlyParsed(raw, parseAuditSearch(raw)),
  component: lazyRouteComponent(
    () =>
      withMessages(
        import("#features/audit/audit-page.tsx"),
        auditMessages,
        storesMessages,
        camerasMessages,
        incidentMessages,
      ),
    "AuditPage",
  ),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  forgotPassword,
  signedIn.addChildren([overview, store, setup, camera, liveTest, tally, certificate, audit]),
]);

/** Creates the router. Tests pass a history in memory. */
export function createAppRouter(services: Services, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { services },
    ...(history === undefined ? {} : { history }),
    ...routerOptions,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
