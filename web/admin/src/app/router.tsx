import { plainSearch } from "@metrica/ui/app/plain-search.ts";
import { RouteFault } from "@metrica/ui/route-fault.tsx";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { parseAuditSearch } from "#features/audit/search.ts";
import { SignInPage } from "#features/session/sign-in-page.tsx";
import type { Services } from "#shared/services.ts";
import { NotFound } from "./not-found.tsx";
import { SignedInLayout } from "./signed-in-layout.tsx";

interface RouterContext {
  services: Services;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignInPage });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "_signed-in",
  beforeLoad: async ({ context }) => {
    if ((await context.services.session.token()) === null) throw redirect({ to: "/sign-in" });
  },
  component: SignedInLayout,
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  component: lazyRouteComponent(() => import("#features/health/overview-page.tsx"), "OverviewPage"),
});
const store = createRoute({
  getParentRoute: () => signedIn,
  path: "/stores/$storeId",
  component: lazyRouteComponent(() => import("#features/stores/store-page.tsx"), "StorePage"),
});
const camera = createRoute({
  getParentRoute: () => signedIn,
  path: "/cameras/$cameraId",
  component: lazyRouteComponent(() => import("#features/cameras/camera-page.tsx"), "CameraPage"),
});
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import("#features/audit/audit-page.tsx"), "AuditPage"),
});

const routeTree = root.addChildren([signIn, signedIn.addChildren([overview, store, camera, audit])]);

export function createAppRouter(services: Services) {
  return createRouter({
    routeTree,
    context: { services },
    defaultErrorComponent: RouteFault,
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
