// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { delay, HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { cameraId, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const storePage = `/stores/${storeId}`;
const cameraPage = `/cameras/${cameraId}`;

/** What is asked for on a page, and how the page looks with it. The states of actions are tested beside their features. */
interface Feature {
  name: string;
  /** The module of the query, in `features`. */
  module: string;
  address: string;
  request: string;
  /** The name of the region that shows it; null for the whole page. */
  region: string | null;
  /** A text of the page or the region when the response has arrived. */
  filled: string | RegExp;
}

const features: readonly Feature[] = [
  {
    name: "the signed-in user",
    module: "session/api/get-me.ts",
    address: "/",
    request: "/me",
    region: null,
    filled: "Add store",
  },
  {
    name: "the health of all stores, without one",
    module: "health/api/get-health.ts",
    address: "/",
    request: "/admin/health",
    region: null,
    filled: "No stores yet",
  },
  {
    name: "a store",
    module: "stores/api/get-store.ts",
    address: storePage,
    request: "/admin/stores/:store",
    region: null,
    filled: "Settings",
  },
  {
    name: "the cameras of a store",
    module: "cameras/api/get-cameras.ts",
    address: storePage,
    request: "/admin/stores/:store/cameras",
    region: "Cameras",
    filled: "Door",
  },
  {
    name: "the worker keys, without one",
    module: "access/api/worker-keys.ts",
    address: storePage,
    request: "/admin/stores/:store/worker-keys",
    region: "Worker keys",
    filled: /No worker keys yet/,
  },
  {
    name: "the owners, without one",
    module: "access/api/owners.ts",
    address: storePage,
    request: "/admin/stores/:store/owners",
    region: "Owners",
    filled: "No owners yet.",
  },
  {
    name: "a camera",
    module: "cameras/api/get-camera.ts",
    address: cameraPage,
    request: "/admin/cameras/:camera",
    region: null,
    filled: "Line version",
  },
  {
    name: "the count checks, without one",
    module: "count-checks/api/count-checks.ts",
    address: cameraPage,
    request: "/admin/cameras/:camera/count-checks",
    region: "Count checks",
    filled: /No count checks yet/,
  },
  {
    name: "the crossings of a live test, without one",
    module: "crossings/api/get-crossings.ts",
    address: `${cameraPage}/live`,
    request: "/admin/cameras/:camera/crossings",
    region: "Crossings",
    filled: "No crossings in the last hour",
  },
  {
    name: "the audit log, without an entry",
    module: "audit/api/get-audit.ts",
    address: "/audit",
    request: "/admin/audit",
    region: null,
    filled: "No entries found",
  },
];

/** Queries of details: the page is complete without them, and their features have tests of their own. */
const details: Record<string, string> = {
  "cameras/api/snapshot.ts":
    "the line is drawn without a picture, too: line-panel.test.tsx, setup-page.test.tsx",
  "health/api/get-coverage.ts": "a strip below a camera: overview-page.test.tsx",
  "incidents/api/get-incidents.ts": "a notice above the page: camera-troubles.test.tsx",
  "line/api/get-track-ends.ts": "dots in the picture: line-panel.test.tsx",
  "stores/api/get-holiday-countries.ts": "a list of a form: store-form.test.tsx",
  "stores/api/get-stores.ts": "names and the archived stores: audit-page.test.tsx, archive-store.test.tsx",
};

const problem = (status: number, detail: string) =>
  HttpResponse.json({ type: "refused", title: "Refused", status, detail }, { status });

/** The region of a feature as soon as it is there. */
const scopeOf = async ({ region }: Feature) =>
  region === null ? within(document.body) : within(await screen.findByRole("region", { name: region }));

describe.each(features)("$name", (feature) => {
  const { address, request, filled } = feature;
  const path = `${apiUrl}${request}`;

  it("is waited for", async () => {
    server.use(http.get(path, () => delay("infinite")));
    openApp(address);
    const scope = await scopeOf(feature);
    expect(await scope.findByText("Loading…")).toBeTruthy();
    expect(scope.queryByText(filled)).toBeNull();
  });

  it("is shown", async () => {
    server.use(
      http.get(`${apiUrl}/admin/audit`, () => HttpResponse.json({ entries: [], next_before: null })),
    );
    openApp(address);
    const scope = await scopeOf(feature);
    expect((await scope.findAllByText(filled)).length).toBeGreaterThan(0);
    expect(scope.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("that is refused says why, and is asked for again by a click", async () => {
    server.use(
      http.get(`${apiUrl}/admin/audit`, () => HttpResponse.json({ entries: [], next_before: null })),
    );
    server.use(http.get(path, () => problem(403, "You may not see this."), { once: true }));
    openApp(address);
    const scope = await scopeOf(feature);
    expect(await scope.findByText("You may not see this.")).toBeTruthy();
    await userEvent.click(scope.getByRole("button", { name: "Try again" }));
    expect((await scope.findAllByText(filled)).length).toBeGreaterThan(0);
    await waitFor(() => expect(scope.queryByText("You may not see this.")).toBeNull());
  });

  it("that does not arrive says so, after it was tried again", async () => {
    let tries = 0;
    server.use(
      http.get(path, () => {
        tries += 1;
        return HttpResponse.error();
      }),
    );
    openApp(address);
    const scope = await scopeOf(feature);
    expect(await scope.findByText("Cannot reach the server. Check your internet connection.")).toBeTruthy();
    expect(tries).toBeGreaterThanOrEqual(3);
  });
});

it("has a row for each module with a query", () => {
  const sources = import.meta.glob<string>("../features/*/api/*.ts", {
    eager: true,
    import: "default",
    query: "?raw",
  });
  const modules = Object.entries(sources)
    .filter(([, source]) => /queryOptions\(/i.test(source))
    .map(([path]) => path.replace("../features/", ""));
  expect(modules.length).toBeGreaterThan(10);
  expect([...features.map(({ module }) => module), ...Object.keys(details)].sort()).toEqual(modules.sort());
});
