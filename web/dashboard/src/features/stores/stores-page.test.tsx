// @vitest-environment jsdom
import type { Kpi } from "@metrica/client/owner.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { comparisonAnswer, me, periodAnswer, storeId, storeSummary } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const myStore = { store_id: storeId, name: "Corner shop", timezone: "Europe/Rome", role: "owner" } as const;
const names = ["Airport", "Bakery", "Centre"];

/** How the last seven days of the three stores compare: the cameras of the second one were away for half of them. */
const weeks = [
  periodAnswer({ visitors: 110, compare: comparisonAnswer({ comparable: 110, baseline: 100, change: 0.1 }) }),
  periodAnswer({
    visitors: 50,
    coverage: 0.5,
    compare: comparisonAnswer({ comparable: 50, baseline: 100, change: null, note: "partially_observed" }),
  }),
  periodAnswer({
    visitors: 240,
    compare: comparisonAnswer({ comparable: 240, baseline: 300, change: -0.2 }),
  }),
];

/** How today compares: the first store has more visitors, the second had none last week, the third was not observed then. */
const todays = [
  { change: 0.08 },
  { baseline: 0, change: null },
  { change: null, note: "baseline_not_observed" },
].map((visitors) =>
  periodAnswer({
    period: "day",
    until: "2026-11-24T15:00:00+01:00",
    compare: comparisonAnswer(visitors as Partial<Kpi>, { date: "2026-11-17" }),
  }),
);

/** Opens the page of three stores. */
async function openStores(address = "/") {
  server.use(
    http.get(`${apiUrl}/stores`, ({ request }) => {
      const period = new URL(request.url).searchParams.get("period");
      const periods = { last7: weeks, day: todays }[period ?? ""];
      const stores = names.map((name, index) =>
        storeSummary({
          store_id: String(index),
          name,
          occupancy: index === 0 ? null : index,
          period: periods?.[index] ?? null,
        }),
      );
      return HttpResponse.json({ as_of: "2026-11-24T14:00:00Z", stores });
    }),
  );
  const app = openApp(address);
  await screen.findByTestId("league");
  return app;
}

const order = () =>
  screen.getAllByTestId("league-row").map((row) => within(row).getByRole("link").textContent);

describe("several stores", () => {
  it("have cards and a table with the change, the coverage and the comparable total", async () => {
    await openStores();
    expect(screen.getAllByTestId("store-card")).toHaveLength(3);
    expect(screen.getAllByTestId("league-row").map((row) => row.textContent)).toEqual([
      "Airport–312110+10%from 100",
      "Bakery131250% coverage50–from 100Partial data",
      "Centre2312240−20%from 300",
    ]);
    expect(screen.getByTestId("league-total").textContent).toBe(
      "Total of the 2 comparable of 3 stores350−13%from 400",
    );
  });

  it("have on each card how today compares with the same weekday of last week, or why not", async () => {
    await openStores();
    const cards = screen.getAllByTestId("store-comparison").map((text) => text.textContent);
    expect(cards).toEqual([
      "8% more than last Tuesday until 15:00 (290)",
      "No visitors last Tuesday until 15:00",
      "No data in the compared period",
    ]);
  });

  it("say on each card that the comparison could not be loaded, and keep their numbers", async () => {
    server.use(
      http.get(`${apiUrl}/stores`, ({ request }) =>
        new URL(request.url).searchParams.get("period") === "day"
          ? HttpResponse.json({ type: "about:blank", title: "Forbidden", status: 403 }, { status: 403 })
          : undefined,
      ),
    );
    server.use(
      http.get(`${apiUrl}/stores`, ({ request }) =>
        new URL(request.url).searchParams.has("period")
          ? undefined
          : HttpResponse.json({
              as_of: "2026-11-24T14:00:00Z",
              stores: names.map((name, index) => storeSummary({ store_id: String(index), name })),
            }),
      ),
    );
    openApp("/");
    const texts = await screen.findAllByText("The comparison with last week could not be loaded.");
    expect(texts).toHaveLength(3);
    expect(screen.getAllByTestId("store-occupancy").map(({ textContent }) => textContent)).toEqual([
      "19",
      "19",
      "19",
    ]);
  });

  it("have their order and their search in the address, and Back restores both", async () => {
    const user = userEvent.setup();
    const { router, requests } = await openStores("/?sort=visitors&order=asc");
    const address = () => router.state.location.href;
    expect(order()).toEqual(["Bakery", "Airport", "Centre"]);
    await user.click(screen.getByRole("button", { name: /Change/ }));
    await waitFor(() => expect(address()).toBe("/?sort=change"));
    expect(order()).toEqual(["Airport", "Centre", "Bakery"]);
    const before = requests.length;
    await user.keyboard("/ce");
    await waitFor(() => expect(address()).toBe("/?sort=change&search=ce"));
    expect(order()).toEqual(["Centre"]);
    expect(requests.length).toBe(before);
    router.history.back(); // one entry for the whole search
    await waitFor(() => expect(address()).toBe("/?sort=change"));
    await waitFor(() => expect(order()).toEqual(["Airport", "Centre", "Bakery"]));
    expect(screen.getByTestId<HTMLInputElement>("league-search").value).toBe("");
    router.history.back();
    await waitFor(() => expect(order()).toEqual(["Bakery", "Airport", "Centre"]));
    router.history.forward();
    router.history.forward();
    await waitFor(() => expect(order()).toEqual(["Centre"]));
    expect(screen.getByTestId<HTMLInputElement>("league-search").value).toBe("ce");
  });

  it("are sorted with the keyboard, unknown numbers last", async () => {
    const user = userEvent.setup();
    await openStores();
    const header = screen.getByRole("button", { name: /Change/ });
    header.focus();
    await user.keyboard("{Enter}");
    expect(order()).toEqual(["Airport", "Centre", "Bakery"]);
    expect(header.closest("th")?.getAttribute("aria-sort")).toBe("descending");
    await user.keyboard("{Enter}");
    expect(order()).toEqual(["Centre", "Airport", "Bakery"]);
  });

  it("are found by name with the key /", async () => {
    const user = userEvent.setup();
    await openStores();
    await user.keyboard("/ba");
    expect(order()).toEqual(["Bakery"]);
    await user.keyboard("xx");
    expect(screen.queryAllByTestId("league-row")).toEqual([]);
    expect(screen.getByText("No store has this name.")).toBeTruthy();
  });
});

describe("one store", () => {
  it("is opened without a list, and Back does not return to one", async () => {
    server.use(http.get(`${apiUrl}/me`, () => HttpResponse.json({ ...me, stores: [myStore] })));
    const { router } = openApp("/");
    await screen.findByTestId("store-name");
    expect(router.state.location.pathname).toBe(`/stores/${storeId}`);
    expect(router.history.canGoBack()).toBe(false);
    await waitFor(() => expect(screen.queryByText("My stores")).toBeNull());
  });

  it("does not replace a page that is opened while the list loads", async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      server.use(
        http.get(`${apiUrl}/me`, async () => {
          await new Promise<void>((answered) => {
            answer = answered;
            resolve();
          });
          return HttpResponse.json({ ...me, stores: [myStore] });
        }),
      );
    });
    const { router } = openApp("/");
    await screen.findByText("My stores");
    await asked;
    const opened = router.navigate({ to: "/account" });
    answer();
    await opened;
    await screen.findByTestId("account-email");
    expect(router.state.location.pathname).toBe("/account");
  });
});
