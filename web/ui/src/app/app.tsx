import type { Session } from "@metrica/client/session.ts";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";

interface AppProps {
  router: AnyRouter;
  queries: QueryClient;
  session: Session;
}

/** The pages with what they stand on. Signing out, here or in another tab, forgets what was loaded. */
export function App({ router, queries, session }: AppProps) {
  useEffect(
    () =>
      session.onSignedOut(() => {
        queries.clear();
        void router.invalidate();
      }),
    [session, queries, router],
  );
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
