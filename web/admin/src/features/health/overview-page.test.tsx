// @vitest-environment jsdom
import type { HealthCamera } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it } from "vitest";
import { cameraId, healthAnswer, healthStore } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const nothing = [
  "delivered_until backlog oldest_unsent_s worker_version model refused lost set_aside instance_id",
  "rejected_instance_id rejected_instance_at total_in total_out totals_difference picture",
  "count_check track_fragmentation fps_wanted fps_reached decode_ms inference_ms device clock_offset_s person_height",
].flatMap((names) => names.split(" "));

/** A camera that has reported nothing but its status. */
function camera(name: string, status: HealthCamera["status"]) {
  return {
    ...Object.fromEntries(nothing.map((member) => [member, null])),
    camera_id: name,
    name,
    status,
    origin: "camera",
    is_counting_line: true,
    last_seen_at: null,
    problems: [],
  };
}

beforeEach(() => {
  server.use(
    http.get(`${apiUrl}/admin/health`, () =>
      HttpResponse.json({
        checked_at: "2026-11-26T10:00:00Z",
        summary: { online: 1, offline: 1, never_seen: 0 },
        time_zone_problems: [],
        stores: [
          { store_id: "1", name: "Corner shop", timezone: "UTC", cameras: [camera("Door", "offline")] },
          { store_id: "2", name: "Bakery", timezone: "UTC", cameras: [camera("Gate", "online")] },
        ],
      }),
    ),
  );
});

const names = async () =>
  (await screen.findAllByTestId("store-health")).map((card) => card.querySelector("h2")?.textContent);

it("finds stores while a name is typed, and keeps the search in the address", async () => {
  const { router } = openApp("/");
  expect(await names()).toEqual(["Corner shop", "Bakery"]);
  await userEvent.type(screen.getByTestId("stores-search"), "bak");
  await waitFor(async () => expect(await names()).toEqual(["Bakery"]));
  expect(router.state.location.search).toEqual({ q: "bak" });
  await userEvent.type(screen.getByTestId("stores-search"), "x");
  expect(await screen.findByText("No store found")).toBeTruthy();
  await userEvent.clear(screen.getByTestId("stores-search"));
  await waitFor(async () => expect(await names()).toHaveLength(2));
  expect(router.state.location.search).toEqual({});
});

it("opens with the filter and the order of its address", async () => {
  openApp("/?show=offline&sort=name");
  expect(await names()).toEqual(["Corner shop"]);
  expect(screen.getByTestId<HTMLSelectElement>("stores-show").value).toBe("offline");
  await userEvent.selectOptions(screen.getByTestId("stores-show"), "All stores");
  await waitFor(async () => expect(await names()).toEqual(["Bakery", "Corner shop"]));
});

it("lists the cameras whose count check is overdue", async () => {
  const check = { last_at: null, due_at: "2026-11-20T10:00:00Z", reason: "line_changed" } as const;
  server.use(
    http.get(`${apiUrl}/admin/health`, () =>
      HttpResponse.json(
        healthAnswer({
          stores: [
            healthStore({ count_check: { ...check, is_overdue: true } }),
            {
              ...healthStore({ camera_id: "2", count_check: { ...check, is_overdue: false } }),
              store_id: "2",
              name: "Bakery",
            },
          ],
        }),
      ),
    ),
  );
  openApp("/?show=count_check");
  expect(await names()).toEqual(["Corner shop"]);
  const overdue = screen.getByTestId("overdue-count-check");
  expect(overdue.textContent).toContain("not been checked since the line was changed");
  expect(within(overdue).getByRole("link").getAttribute("href")).toBe(`/cameras/${cameraId}/count`);
});

it("shows the coverage of a week with its numbers, and which workers are outdated", async () => {
  const day = (date: number, observed_minutes: number, open_minutes = 480) => ({
    day: `2026-11-${date}`,
    open_minutes,
    observed_minutes,
  });
  server.use(
    http.get(`${apiUrl}/admin/health`, () =>
      HttpResponse.json(
        healthAnswer({
          stores: [
            healthStore({ worker_version: "0.9.0" }),
            { ...healthStore({ camera_id: "new", worker_version: "0.10.0" }), store_id: "2", name: "Bakery" },
          ],
        }),
      ),
    ),
    http.get(`${apiUrl}/admin/health/coverage`, () =>
      HttpResponse.json({
        cameras: [{ camera_id: cameraId, days: [day(25, 479), day(26, 0, 0)] }],
      }),
    ),
  );
  openApp("/");
  const strip = await screen.findByTestId("coverage-strip");
  expect(within(strip).getByText("Wed 25 Nov: 99 % of 480 open minutes observed")).toBeTruthy();
  expect(within(strip).getByText("Thu 26 Nov: closed")).toBeTruthy();
  expect(within(strip).getByText("99")).toBeTruthy();
  expect((await screen.findAllByTestId("outdated-worker")).map(({ textContent }) => textContent)).toEqual([
    "Worker 0.9.0 is outdated: others have 0.10.0. Update it on the edge box.",
  ]);
  await userEvent.selectOptions(screen.getByTestId("stores-show"), "outdated");
  await waitFor(async () => expect(await names()).toEqual(["Corner shop"]));
});
