import { createOwnerApi } from "@metrica/client/owner.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { App, createQueryClient } from "@metrica/ui/app/app.tsx";
import { Localized } from "@metrica/ui/language/localized.tsx";
import { apiUrl, signedInSession, testConfig } from "@metrica/ui/testing/session.ts";
import { createMemoryHistory } from "@tanstack/react-router";
import { cleanup, configure, render } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { createAppRouter } from "#app/router.tsx";
import { ServicesProvider } from "#shared/services.ts";
import { dashboardAnswer, forecastAnswer, liveAnswer, me, storeSummary } from "./fixtures.ts";

export { apiUrl };

/** The owner API. Every test begins with one store that answers. */
export const server = setupServer(
  http.get(`${apiUrl}/me`, () => HttpResponse.json(me)),
  http.get(`${apiUrl}/stores`, () =>
    HttpResponse.json({ as_of: "2026-11-24T15:00:00+01:00", stores: [storeSummary()] }),
  ),
  http.get(`${apiUrl}/live/:store`, () => HttpResponse.json(liveAnswer())),
  http.get(`${apiUrl}/dashboard/:store`, () => HttpResponse.json(dashboardAnswer())),
  http.get(`${apiUrl}/stores/:store/forecast`, () => HttpResponse.json(forecastAnswer())),
);

/** Starts the API before the tests of a file, and resets it and the page after each one. */
export function setUpServer() {
  // The first test of a file loads the pages, which takes long on a busy machine.
  vi.setConfig({ testTimeout: 20_000 });
  beforeAll(() => {
    configure({ asyncUtilTimeout: 10_000 });
    vi.stubGlobal(
      "ResizeObserver",
      class {
        readonly callback: ResizeObserverCallback;
        constructor(callback: ResizeObserverCallback) {
          this.callback = callback;
        }
        observe(target: Element) {
          const entry = { target, contentRect: target.getBoundingClientRect() } as ResizeObserverEntry;
          queueMicrotask(() => this.callback([entry], this));
        }
        unobserve() {}
        disconnect() {}
      },
    );
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

/** Opens the app at an address as a signed-in owner, or with another session. Returns the router and the requests to the API. */
export function openApp(address: string, changes: Partial<Session> = {}) {
  const requests: URL[] = [];
  server.events.removeAllListeners();
  server.events.on("request:start", ({ request }) => void requests.push(new URL(request.url)));
  const session = signedInSession(changes);
  const services = { config: testConfig, session, owner: createOwnerApi({ baseUrl: apiUrl, session }) };
  const queryClient = createQueryClient();
  const router = createAppRouter(services, queryClient, createMemoryHistory({ initialEntries: [address] }));
  render(
    <Localized>
      <ServicesProvider value={services}>
        <App queryClient={queryClient} router={router} session={session} />
      </ServicesProvider>
    </Localized>,
  );
  return { router, requests };
}
