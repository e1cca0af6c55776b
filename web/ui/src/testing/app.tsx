import type { Session } from "@metrica/client/session/session.ts";
import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import { cleanup, configure, render } from "@testing-library/react";
import type { SetupServer } from "msw/node";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { App } from "../app/app.tsx";
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

/** Starts the APIs of an app before the tests of a file, and resets them, the page and what the browser stores after each one. */
export function setUpApp(server: SetupServer): void {
  // The first test of a file loads the pages, which takes long on a busy machine.
  vi.setConfig({ testTimeout: 20_000 });
  beforeAll(() => {
    configure({ asyncUtilTimeout: 10_000 });
    vi.stubGlobal("ResizeObserver", OnceResizeObserver);
    vi.stubGlobal("scrollTo", () => {});
    server.listen({ onUnhandledRequest: "error" });
  });
  afterEach(() => {
    cleanup();
    server.resetHandlers();
    localStorage.clear();
    sessionStorage.clear();
  });
  afterAll(() => {
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
