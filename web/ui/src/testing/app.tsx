import type { Session } from "@metrica/client/session/session.ts";
import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import { act, cleanup, configure, prettyDOM, render } from "@testing-library/react";
import type { SetupServer } from "msw/node";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { App, createQueryClient } from "../app/app.tsx";
import { Localized } from "../language/localized.tsx";

/** jsdom has no layout: reports the size of an element once, as it is. */
class OnceResizeObserver implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;
  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element) {
    const entry = { target, contentRect: target.getBoundingClientRect() } as ResizeObserverEntry;
    queueMicrotask(() => this.#callback([entry], this));
  }
  unobserve() {}
  disconnect() {}
}

/** The error of a query without a result. By default it has the whole page in it, also each time that an element is waited for. */
const notFound = (message: string | null) => new Error(message ?? "");

/** Creates the query client of the apps, which tries again without a pause. */
export function createTestQueryClient(): QueryClient {
  const queryClient = createQueryClient();
  const { queries, ...others } = queryClient.getDefaultOptions();
  queryClient.setDefaultOptions({ ...others, queries: { ...queries, retryDelay: 0 } });
  return queryClient;
}

/** Stops the intervals of the page, such as its polls, until the end of the test. Returns a function that lets milliseconds pass for them. */
export function holdIntervals(): (milliseconds: number) => Promise<unknown> {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  return (milliseconds) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
}

/**
 * Starts the APIs of an app before the tests of a file, and resets them, the page and what the browser stores after each one. Prints the
 * page of a test that fails.
 */
export function setUpApp(server: SetupServer): void {
  // Only what hangs fails by these: a test of a second takes fifteen times as long beside six busy processes.
  vi.setConfig({ testTimeout: 60_000 });
  beforeAll(() => {
    configure({ asyncUtilTimeout: 20_000, getElementError: notFound });
    vi.stubGlobal("ResizeObserver", OnceResizeObserver);
    vi.stubGlobal("scrollTo", () => {});
    server.listen({ onUnhandledRequest: "error" });
  });
  afterEach(({ task }) => {
    // biome-ignore lint/suspicious/noConsole: the report of a test
    if (task.result?.state === "fail") console.error(prettyDOM());
    vi.useRealTimers();
    cleanup();
    server.resetHandlers();
    localStorage.clear();
    sessionStorage.clear();
  });
  afterAll(async () => {
    // The code of a page that no test waited for.
    await vi.dynamicImportSettled();
    server.close();
    vi.unstubAllGlobals();
  });
}

interface RenderedApp {
  router: AnyRouter;
  queryClient: QueryClient;
  session: Session;
  /** Puts the services of the app around it. */
  provide: (app: ReactNode) => ReactNode;
}

/** Renders an app as `main.tsx` does. */
export function renderTestApp({ router, queryClient, session, provide }: RenderedApp): void {
  render(
    <Localized>{provide(<App queryClient={queryClient} router={router} session={session} />)}</Localized>,
  );
}
