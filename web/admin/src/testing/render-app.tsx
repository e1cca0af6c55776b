import { createAdminApi } from "@metrica/client/admin.ts";
import { createOwnerApi } from "@metrica/client/owner.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { createTestQueryClient, renderTestApp, setUpApp } from "@metrica/ui/testing/app.tsx";
import { apiUrl, signedInSession, testConfig } from "@metrica/ui/testing/session.ts";
import { createMemoryHistory } from "@tanstack/react-router";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { createAppRouter } from "#app/router.tsx";
import { ServicesProvider } from "#shared/services.ts";
import { serveCities } from "./city-answers.ts";
import {
  cameraAnswer,
  countChecksAnswer,
  crossingsAnswer,
  healthAnswer,
  holidayCountries,
  storeAnswer,
} from "./fixtures.ts";

export { apiUrl };

const me = { user_id: "1", email: "admin@example.com", is_superadmin: true, stores: [] };

/** Both APIs. Every test begins with one store that has one camera. */
export const server = setupServer(
  http.get(`${apiUrl}/me`, () => HttpResponse.json(me)),
  http.get(`${apiUrl}/admin/stores/:store`, () => HttpResponse.json(storeAnswer())),
  http.get(`${apiUrl}/admin/holiday-countries`, () => HttpResponse.json({ countries: holidayCountries })),
  serveCities(),
  http.get(`${apiUrl}/admin/incidents`, () => HttpResponse.json({ incidents: [], next_before: null })),
  http.get(`${apiUrl}/admin/health/coverage`, () => HttpResponse.json({ cameras: [] })),
  http.get(`${apiUrl}/admin/health`, () => HttpResponse.json(healthAnswer())),
  http.get(`${apiUrl}/admin/cameras/:camera/track-ends`, () => HttpResponse.json({ points: [] })),
  http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () => HttpResponse.json(crossingsAnswer())),
  http.get(`${apiUrl}/admin/stores`, () => HttpResponse.json({ stores: [storeAnswer()] })),
  http.get(`${apiUrl}/admin/stores/:store/cameras`, () => HttpResponse.json({ cameras: [cameraAnswer()] })),
  http.get(`${apiUrl}/admin/stores/:store/worker-keys`, () => HttpResponse.json({ worker_keys: [] })),
  http.get(`${apiUrl}/admin/stores/:store/owners`, () => HttpResponse.json({ owners: [], invites: [] })),
  http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(cameraAnswer())),
  http.get(`${apiUrl}/admin/cameras/:camera/count-checks`, () => HttpResponse.json(countChecksAnswer())),
);

/** Prepares the tests of a file. */
export const setUpServer = () => setUpApp(server);

/** Opens the app at an address as a signed-in superadmin, or with another session. */
export function openApp(address: string, changes: Partial<Session> = {}) {
  const session = signedInSession(changes);
  const options = { baseUrl: apiUrl, session };
  const services = {
    config: testConfig,
    session,
    admin: createAdminApi(options),
    owner: createOwnerApi(options),
  };
  const router = createAppRouter(services, createMemoryHistory({ initialEntries: [address] }));
  renderTestApp({
    router,
    queryClient: createTestQueryClient(),
    session,
    provide: (app) => <ServicesProvider value={services}>{app}</ServicesProvider>,
  });
  return { router };
}
