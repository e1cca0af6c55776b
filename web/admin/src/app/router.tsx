import { onlyParsed, routerOptions } from "@metrica/ui/app/router-options.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { NotFoundPage } from "@metrica/ui/error-pages.tsx";
import { addCatalogue } from "@metrica/ui/language/catalogues.ts";
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
import { SignInPage } from "#features/session/sign-in-page.tsx";
import { parseSetupSearch, type SetupSearch } from "#features/setup/search.ts";
import type { Services } from "#shared/services.ts";
import { SignedInLayout } from "./signed-in-layout.tsx";

/** Loads a page about the link of a mail with its messages. */
async function withLinkMessages<Page>(page: Promise<Page>): Promise<Page> {
  await addCatalogue(linkMessages);
  return await page;
}

interface RouterContext {
  services: Services;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  return (
    <NotFoundPage>
      <Link className={buttonVariants({ variant: "outline" })} to="/">
        Back to the overview
      </Link>
    </NotFoundPage>
  );
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw): SignInSearch => onlyParsed(raw, parseSignInSearch(raw)),
  component: SignInPage,
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (raw): LinkSearch => onlyParsed(raw, parseLinkSearch(raw)),
  component: lazyRouteComponent(
    () => withLinkMessages(import("#features/session/welcome-page.tsx")),
    "WelcomePage",
  ),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(
    () => withLinkMessages(import("#features/session/forgot-password-page.tsx")),
    "ForgotPasswordPage",
  ),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "_signed-in",
  beforeLoad: ({ context, location }) => {
    if (context.services.session.isSignedIn()) return;
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
  },
  component: SignedInLayout,
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: (raw): StoresSearch => onlyParsed(raw, parseStoresSearch(raw)),
  component: lazyRouteComponent(() => import("#features/health/overview-page.tsx"), "OverviewPage"),
});
const store = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId",
  component: lazyRouteComponent(() => import("#features/stores/store-page.tsx"), "StorePage"),
});
const setup = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId/setup",
  validateSearch: (raw): SetupSearch => onlyParsed(raw, parseSetupSearch(raw)),
  component: lazyRouteComponent(() => import("#features/setup/setup-page.tsx"), "SetupPage"),
});
const camera = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId",
  component: lazyRouteComponent(() => import("#features/cameras/camera-page.tsx"), "CameraPage"),
});
const liveTest = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId/live",
  component: lazyRouteComponent(() => import("#features/crossings/live-test-page.tsx"), "LiveTestPage"),
});
const tally = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId/count",
  component: lazyRouteComponent(() => import("#features/count-checks/tally-page.tsx"), "TallyPage"),
});
const certificate = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId/certificate",
  component: lazyRouteComponent(
    () => import("#features/count-checks/certificate-page.tsx"),
    "CertificatePage",
  ),
});
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/audit",
  validateSearch: (raw): AuditSearch => onlyParsed(raw, parseAuditSearch(raw)),
  component: lazyRouteComponent(() => import("#features/audit/audit-page.tsx"), "AuditPage"),
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
