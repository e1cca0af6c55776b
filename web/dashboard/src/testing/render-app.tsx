import { createOwnerApi } from "@metrica/client/owner.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { createTestQueryClient, renderTestApp, setUpApp } from "@metrica/ui/testing/app.tsx";
import { apiUrl, signedInSession, testConfig } from "@metrica/ui/testing/session.ts";
import { createMemoryHistory } from "@tanstack/react-router";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
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

/** Prepares the tests of a file. */
export const setUpServer = () => setUpApp(server);

/** Opens the app at an address as a signed-in owner, or with another session. Returns the router and the requests to the API. */
export function openApp(address: string, changes: Partial<Session> = {}) {
  const requests: URL[] = [];
  server.events.removeAllListeners();
  server.events.on("request:start", ({ request }) => void requests.push(new URL(request.url)));
  const session = signedInSession(changes);
  const services = { config: testConfig, session, owner: createOwnerApi({ baseUrl: apiUrl, session }) };
  const queryClient = createTestQueryClient();
  const router = createAppRouter(services, queryClient, createMemoryHistory({ initialEntries: [address] }));
  renderTestApp({
    router,
    queryClient,
    session,
    provide: (app) => <ServicesProvider value={services}>{app}</ServicesProvider>,
  });
  return { router, requests };
}
