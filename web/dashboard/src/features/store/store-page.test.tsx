// @vitest-environment jsdom
import type { Dashboard, Live } from "@metrica/client/owner.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bucketAnswer, dashboardAnswer, liveAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();
beforeAll(() => void vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000));
afterAll(() => void vi.restoreAllMocks());

/** Opens the page of the store with some answers of the API. */
async function openStore({
  dashboard = {},
  live = {},
}: {
  dashboard?: Partial<Dashboard>;
  live?: Partial<Live>;
}) {
  server.use(
    http.get(`${apiUrl}/dashboard/:store`, () => HttpResponse.json(dashboardAnswer(dashboard))),
    http.get(`${apiUrl}/live/:store`, () => HttpResponse.json(liveAnswer(live))),
  );
  const app = openApp(`/stores/${storeId}`);
  await screen.findByTestId("bars"); // drawn after the tiles
  return app;
}

const hour = (hourOfDay: number, changes: Parameters<typeof bucketAnswer>[1] = {}) =>
  bucketAnswer(`2026-11-24T${String(hourOfDay).padStart(2, "0")}:00:00+01:00`, changes);

describe("the first screen", () => {
  it("says today so far in one sentence", async () => {
    await openStore({});
    expect(screen.getByTestId("summary").textContent).toBe(
      "312 visitors by 15:00; the busiest hour was 12–13.",
    );
  });

  it("says how long ago the last crossing was, by the clock of the server", async () => {
    await openStore({});
    expect(screen.getByTestId("last-crossing").textContent).toMatch(/^1\d s ago$/);
  });

  it("names the counting cameras whose crossings are missing", async () => {
    const camera = {
      camera_id: "a",
      name: "Front door",
      is_counting_line: true,
      status: "online",
      last_seen_at: "2026-11-24T14:59:50+01:00",
      origin: "camera",
      in: 1,
      out: 1,
      counted_in: 1,
      counted_out: 1,
    } as const;
    const cameras = [camera, { ...camera, camera_id: "b", name: "Back door", status: "offline" as const }];
    await openStore({ live: { cameras } });
    expect(screen.getByTestId("missing-cameras").textContent).toBe(
      "The number may be wrong: crossings at Back door are missing.",
    );
  });
});

describe("the main chart", () => {
  it("has the visitors as bars, the occupancy as a line and the capacity", async () => {
    const buckets = [hour(10, { occupancy_average: 40 }), hour(11, { occupancy_average: 45 })];
    await openStore({ dashboard: { buckets } });
    const chart = screen.getByTestId("bars");
    expect(await within(chart).findAllByTestId("bar")).toHaveLength(2);
    expect(within(chart).getByTestId("occupancy-line").querySelectorAll("path")).toHaveLength(1);
    expect(within(chart).getByTestId("limit").textContent).toBe("Capacity 60");
  });

  it("keeps the five states of a bucket apart", async () => {
    const buckets = [
      hour(9),
      hour(10, { state: "partial", coverage: 0.5 }),
      hour(11, { state: "no_data", visitors: null, occupancy_average: null, coverage: 0 }),
      hour(12, { state: "closed", visitors: 3 }),
      hour(13, { state: "pending", visitors: null, occupancy_average: null, coverage: null }),
    ];
    await openStore({ dashboard: { buckets } });
    const bars = await within(screen.getByTestId("bars")).findAllByTestId("bar");
    expect(bars.map((bar) => [bar.dataset.state, bar.dataset.value])).toEqual([
      ["value", "60"],
      ["partial", "60"],
      ["no_data", ""],
      ["closed", "3"],
      ["pending", ""],
    ]);
    expect(bars.map((bar) => bar.querySelectorAll("path").length)).toEqual([1, 1, 0, 1, 0]);
  });

  it("gives closed hours no width, interrupts the line there and keeps them in the table", async () => {
    const closed = { state: "closed", visitors: 0, occupancy_average: 0, coverage: null } as const;
    const buckets = [hour(8, closed), hour(9), hour(10), hour(13, closed), hour(16), hour(17)];
    await openStore({ dashboard: { buckets } });
    const chart = screen.getByTestId("bars");
    expect(await within(chart).findAllByTestId("bar")).toHaveLength(4);
    expect(within(chart).getAllByTestId("closed-gap")).toHaveLength(1);
    expect(within(chart).getByTestId("occupancy-line").querySelectorAll("path")).toHaveLength(2);
    expect(
      within(screen.getByTestId("bucket-table")).getAllByRole("rowheader", { hidden: true }),
    ).toHaveLength(6);
  });

  it("cuts a spike and writes its value at the bar", async () => {
    const buckets = [9, 10, 11, 12, 13].map((each) => hour(each, { visitors: each === 12 ? 4000 : 50 }));
    await openStore({ dashboard: { buckets } });
    const chart = screen.getByTestId("bars");
    expect(await within(chart).findAllByTestId("cut")).toHaveLength(1);
    expect(
      within(chart)
        .getAllByTestId("bar-value")
        .map((value) => value.textContent),
    ).toContain("4,000");
    expect(chart.textContent).not.toContain("5,000"); // the axis ends far below the spike
  });

  it("marks special days on the axis and says what they are", async () => {
    const holiday = {
      date: "2026-12-08",
      public_holiday: "Immaculate Conception",
      public_holiday_names: { en: "Immaculate Conception" },
      note: "Late opening",
      has_special_hours: true,
    };
    const buckets = [
      bucketAnswer("2026-12-07T00:00:00+01:00"),
      bucketAnswer("2026-12-08T00:00:00+01:00", { annotations: [holiday] }),
    ];
    await openStore({ dashboard: { period: "week", interval: "day", date: "2026-12-08", buckets } });
    expect(await within(screen.getByTestId("bars")).findAllByTestId("annotation-mark")).toHaveLength(1);
    expect(screen.getByTestId("annotations").textContent).toBe(
      "Tue 8 Dec: Immaculate Conception, Late opening, other opening hours",
    );
  });
});

describe("a bar of the main chart", () => {
  const rows = ["00", "15", "30", "45"].map((minute, index) => ({
    start: `2026-11-24T12:${minute}:00+01:00`,
    end: index === 3 ? "2026-11-24T13:00:00+01:00" : `2026-11-24T12:${index * 15 + 15}:00+01:00`,
    visitors: index === 3 ? null : index * 10,
    exits: index === 3 ? null : 1,
    state: index === 3 ? "no_data" : "value",
    coverage: index === 3 ? 0 : 1,
    note: null,
    annotations: [],
  }));

  it("leads to its quarter-hours with the keyboard, and Back returns", async () => {
    const user = userEvent.setup();
    server.use(
      http.get(`${apiUrl}/stores/:store/footfall`, () =>
        HttpResponse.json({ timezone: "Europe/Rome", rows }),
      ),
    );
    const { router, requests } = await openStore({ dashboard: { buckets: [hour(11), hour(12), hour(13)] } });
    const [first] = await screen.findAllByTestId("bar-link");
    first?.focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement?.textContent).toBe(
      "12:00–13:00, 60 visitors, 12.5 people inside on average",
    );
    expect(router.state.location.search).toEqual({}); // the arrow key did not change the day
    await user.keyboard("{Enter}");
    const table = await screen.findByTestId("quarter-table");
    expect(
      within(table)
        .getAllByRole("row")
        .map((row) => row.textContent),
    ).toEqual([
      "Quarter-hourVisitorsExitsStatus",
      "12:00–12:1501Complete",
      "12:15–12:30101Complete",
      "12:30–12:45201Complete",
      "12:45–13:00––No data",
    ]);
    expect(router.state.location.search).toEqual({ hour: "12:00" });
    const footfall = requests.find(({ pathname }) => pathname.endsWith("/footfall"));
    expect(footfall?.searchParams.get("from")).toBe("2026-11-24T12:00:00+01:00");
    expect(footfall?.searchParams.get("interval")).toBe("15m");
    router.history.back();
    await screen.findByTestId("bucket-table");
  });

  it("shows its tooltip with the first tap, and opens with the second", async () => {
    const user = userEvent.setup();
    server.use(
      http.get(`${apiUrl}/stores/:store/footfall`, () =>
        HttpResponse.json({ timezone: "Europe/Rome", rows }),
      ),
    );
    const { router } = await openStore({ dashboard: { buckets: [hour(12)] } });
    const [link] = await screen.findAllByTestId("bar-link");
    if (link === undefined) throw new Error("The bar has no link.");
    await user.pointer({ keys: "[TouchA]", target: link });
    expect(router.state.location.search).toEqual({});
    await user.pointer({ keys: "[TouchA]", target: link });
    await waitFor(() => expect(router.state.location.search).toEqual({ hour: "12:00" }));
  });

  it("that has not begun has no link", async () => {
    await openStore({ dashboard: { buckets: [hour(12), hour(16, { state: "pending", visitors: null })] } });
    expect(await screen.findAllByTestId("bar-link")).toHaveLength(1);
  });
});

describe("the days of the page", () => {
  it("are chosen in the calendar, first and last", async () => {
    const user = userEvent.setup();
    const { router, requests } = await openStore({});
    await user.click(screen.getByTestId("date-picker"));
    const calendar = await screen.findByTestId("calendar");
    const day = (name: string) => within(calendar).getByRole("button", { name: new RegExp(name) });
    expect(day("25 November").hasAttribute("disabled")).toBe(true); // tomorrow
    await user.click(day("12 November"));
    expect(screen.getByTestId("calendar-hint").textContent).toMatch(/^From Thu 12 Nov/);
    await user.click(day("10 November"));
    await waitFor(() =>
      expect(router.state.location.search).toEqual({ from: "2026-11-10", to: "2026-11-13" }),
    );
    expect(screen.getByTestId("period-name").textContent).toBe("10–12 November 2026");
    await waitFor(() =>
      expect(requests.map(({ search }) => search)).toContain(
        "?from=2026-11-10&to=2026-11-13&compare=previous&match=weekday",
      ),
    );
  });

  it("are matched by weekday or by date", async () => {
    const user = userEvent.setup();
    const { router } = await openStore({});
    await user.click(screen.getByTestId("compare"));
    await user.click(await screen.findByTestId("match-date"));
    await waitFor(() => expect(router.state.location.search).toEqual({ match: "date" }));
    await user.keyboard("y");
    await waitFor(() => expect(router.state.location.search).toEqual({ period: "year", match: "date" }));
    await user.keyboard("t");
    await waitFor(() => expect(router.state.location.search).toEqual({ match: "date" }));
  });
});
