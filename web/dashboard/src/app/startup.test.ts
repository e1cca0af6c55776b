// @vitest-environment jsdom
import { createOwnerApi } from "@metrica/client/owner.ts";
import { apiUrl, testConfig } from "@metrica/ui/testing/session.ts";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

let requests: string[];

beforeEach(() => {
  requests = [];
  server.use(http.get("*/config.json", () => HttpResponse.json(testConfig)));
  server.events.on("request:start", ({ request }) => {
    if (request.url.startsWith(apiUrl))
      requests.push(`${request.url.slice(apiUrl.length)} ${request.headers.get("Authorization")}`);
  });
});

afterEach(() => {
  server.events.removeAllListeners();
  vi.resetModules();
  window.history.replaceState(null, "", "/");
});

/** Starts the app at an address, in a browser with a session or without one. */
async function startAt(address: string, { isSignedIn = true } = {}) {
  window.history.replaceState(null, "", address);
  if (isSignedIn) {
    const session = {
      access_token: "token",
      refresh_token: "refresh",
      expires_in: 3600,
      email: "owner@example.org",
    };
    localStorage.setItem("metrica-dashboard", JSON.stringify({ ...session, received_at: Date.now() }));
  }
  const { startApp } = await import("./startup.ts");
  return await startApp();
}

describe("the start of the app", () => {
  it("at a store requests its numbers, which the app then takes", async () => {
    const { config, session, early } = await startAt(`/stores/${storeId}`);
    await vi.waitFor(() => expect(requests).toHaveLength(3));
    expect(requests).toContain(`/live/${storeId} Bearer token`);
    const owner = createOwnerApi({ baseUrl: config.apiUrl, session, early });
    const { data } = await owner.GET("/live/{store_id}", { params: { path: { store_id: storeId } } });
    expect(data?.store_id).toBe(storeId);
    expect(requests).toHaveLength(3);
  });

  it.each([
    [`/stores/${storeId}?period=week`, true],
    [`/stores/${storeId}`, false],
    ["/account", true],
  ])("at %s with a session: %s leaves the requests to the page", async (address, isSignedIn) => {
    const { config, session, early } = await startAt(address, { isSignedIn });
    expect(session.isSignedIn()).toBe(isSignedIn);
    await createOwnerApi({ baseUrl: config.apiUrl, session, early }).GET("/me");
    expect(requests).toEqual([`/me ${isSignedIn ? "Bearer token" : null}`]);
  });

  it("happens once", async () => {
    const started = await startAt("/");
    const { startApp } = await import("./startup.ts");
    expect(await startApp()).toBe(started);
  });

  it("fails with what is wrong with the configuration", async () => {
    server.use(http.get("*/config.json", () => HttpResponse.json({ ...testConfig, apiUrl: "" })));
    await expect(startAt("/")).rejects.toThrow('"apiUrl" is missing or empty');
  });

  it("forgets the answers when the user signs out", async () => {
    const { session, early } = await startAt("/");
    await vi.waitFor(() => expect(requests).toHaveLength(3));
    server.use(http.post("https://auth.example.org/*", () => HttpResponse.json({})));
    await session.signOut();
    expect(early.take(new Request(`${apiUrl}/me`))).toBeUndefined();
  });
});
