import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { type Services, ServicesProvider } from "#shared/services.tsx";
import type { AppRouter } from "./router.tsx";

/** The app with everything it stands on. Signing out, here or in another tab, forgets what was loaded. */
export function App({ router, services }: { router: AppRouter; services: Services }) {
  const { queries } = router.options.context;
  useEffect(
    () =>
      services.session.onSignedOut(() => {
        queries.clear();
        void router.invalidate();
      }),
    [services, queries, router],
  );
  return (
    <ServicesProvider value={services}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ServicesProvider>
  );
}
