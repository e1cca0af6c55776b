import { ConfigError } from "@metrica/client/config.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { type ReactNode, StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { ConfigErrorPage } from "../error-pages.tsx";
import { startLanguage } from "../language/catalogues.ts";
import type { Language } from "../language/languages.ts";
import { Localized } from "../language/localized.tsx";
import type { LoadMessages } from "../language/messages.ts";
import { applyTheme } from "../preference.ts";

/** The languages of an app, and its catalogue. */
export interface AppLanguages {
  languages: readonly Language[];
  loadMessages?: LoadMessages;
}

/**
 * Loads the messages in the preferred language beside the app, and renders the app into `#root`. If `createApp` throws a ConfigError,
 * renders an error page.
 */
export async function renderApp(
  { languages, loadMessages }: AppLanguages,
  createApp: () => Promise<ReactNode>,
): Promise<void> {
  const element = document.getElementById("root");
  if (element === null) throw new Error("index.html has no element with the id `root`.");
  const root = createRoot(element);
  applyTheme();
  startFont();
  const [app, language] = await Promise.allSettled([createApp(), startLanguage(languages, loadMessages)]);
  if (language.status === "rejected") {
    // Without a catalogue there are no translated words.
    // eslint-disable-next-line lingui/no-unlocalized-strings
    element.textContent = "The page could not be loaded. Check the connection and reload it.";
    throw language.reason;
  }
  if (app.status === "rejected") {
    const error: unknown = app.reason;
    const problems = error instanceof ConfigError ? error.problems : [String(error)];
    root.render(
      <Localized>
        <ConfigErrorPage problems={problems} />
      </Localized>,
    );
    return;
  }
  root.render(
    <StrictMode>
      <Localized>{app.value}</Localized>
    </StrictMode>,
  );
}

/**
 * Starts to load the font, beside the page and its numbers: by itself, a browser would wait for the first text, and the lines of the
 * numbers would change when the font arrives after them.
 */
function startFont(): void {
  // eslint-disable-next-line lingui/no-unlocalized-strings -- a font of CSS
  document.fonts.load('1em "Inter Variable"').catch(() => {
    // The text is in a font of the system.
  });
}

/** Creates the query client. Network errors and 5xx responses are retried twice, 4xx responses are not. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Without a connection a query fails at once, and says so, instead of waiting with earlier data.
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 2000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.status < 500),
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      // A change fails at once, too. By default it would wait for the connection and be sent when nobody expects it.
      mutations: { networkMode: "always" },
    },
  });
}

interface AppProps {
  router: AnyRouter;
  queryClient: QueryClient;
  session: Session;
}

/** The router with its providers. Signing out, in this tab or in another one, clears the query cache. */
export function App({ router, queryClient, session }: AppProps) {
  useEffect(
    () =>
      session.onSignedOut(() => {
        queryClient.clear();
        void router.invalidate();
      }),
    [session, queryClient, router],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
