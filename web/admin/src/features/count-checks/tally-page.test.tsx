// @vitest-environment jsdom
import type { Camera, CountCheckCreate } from "@metrica/client/admin.ts";
import { holdIntervals } from "@metrica/ui/testing/app.tsx";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, countCheck } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const key = `metrica-tally-${cameraId}`;
let camera: Camera;
let posted: { body: CountCheckCreate; key: string | null }[];

beforeEach(() => {
  localStorage.removeItem(key);
  camera = cameraAnswer();
  posted = [];
  server.use(
    http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(camera)),
    http.post(`${apiUrl}/admin/cameras/:camera/count-checks`, async ({ request }) => {
      const body = (await request.json()) as CountCheckCreate;
      posted.push({ body, key: request.headers.get("Idempotency-Key") });
      return HttpResponse.json(countCheck(), { status: 201 });
    }),
  );
});

const open = () => openApp(`/cameras/${cameraId}/count`);
const click = async (testId: string) => await userEvent.click(await screen.findByTestId(testId));
const storeEnded = () =>
  localStorage.setItem(
    key,
    JSON.stringify({ start: 1_764_000_000_000, taps: [[1_764_000_001_000, "IN"]], end: 1_764_000_900_000 }),
  );

describe("counting people at the door", () => {
  it("counts taps of two directions, takes the last one back, and keeps them in the browser", async () => {
    open();
    await click("tally-start");
    expect(screen.getByTestId("tally-undo")).toHaveProperty("disabled", true);
    for (const direction of ["IN", "IN", "OUT"]) await click(`tally-${direction}`);
    expect(screen.getByTestId("tally-IN").textContent).toBe("IN2");
    expect(screen.getByTestId("tally-undo").textContent).toContain("Undo OUT");
    await click("tally-undo");
    expect(screen.getByTestId("tally-OUT").textContent).toBe("OUT0");
    expect(JSON.parse(localStorage.getItem(key) ?? "").taps).toHaveLength(2);
  });

  it("goes on with a count that was left", async () => {
    localStorage.setItem(
      key,
      JSON.stringify({ start: Date.now() - 65_000, taps: [[Date.now(), "OUT"]], end: null }),
    );
    open();
    expect((await screen.findByTestId("tally-OUT")).textContent).toBe("OUT1");
    expect(screen.getByTestId("tally-time").textContent).toMatch(/^01:0\d$/);
  });

  it("waits for the crossings of the window, and saves it then, once", async () => {
    const pass = holdIntervals();
    open();
    await click("tally-start");
    await click("tally-IN");
    await click("tally-finish");
    expect((await screen.findByTestId("tally-arrival")).textContent).toContain("Waiting");
    expect(screen.getByTestId("tally-save")).toHaveProperty("disabled", true);
    camera = cameraAnswer({ delivered_until: new Date(Date.now() + 60_000).toISOString() });
    await pass(5000);
    await waitFor(() => expect(screen.getByTestId("tally-save")).toHaveProperty("disabled", false));
    await userEvent.dblClick(screen.getByTestId("tally-save"));
    expect(await screen.findByTestId("camera-name")).toBeTruthy();
    expect(posted).toHaveLength(1);
    expect(posted[0]?.body).toMatchObject({ manual_in: 1, manual_out: 0, note: null });
    expect(posted[0]?.body.parts).toHaveLength(1);
    expect(posted[0]?.key).toBeTruthy();
    expect(localStorage.getItem(key)).toBeNull();
  });

  it("saves without waiting when that is wanted, and shows why it was refused", async () => {
    storeEnded();
    server.use(
      http.post(`${apiUrl}/admin/cameras/:camera/count-checks`, () =>
        HttpResponse.json(
          { type: "window_not_over", title: "x", status: 409, detail: "The window is not over." },
          { status: 409 },
        ),
      ),
    );
    open();
    await click("tally-save-incomplete");
    expect((await screen.findByRole("alert")).textContent).toContain("The window is not over.");
    expect(localStorage.getItem(key)).not.toBeNull();
  });

  it("counts on after an end by mistake; a count of more than a day can only be discarded", async () => {
    storeEnded();
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Count on" }));
    // It began more than a day ago.
    expect(await screen.findByText(/runs for more than a day/)).toBeTruthy();
    await click("tally-discard");
    expect(await screen.findByTestId("tally-start")).toBeTruthy();
  });

  it("is discarded after a second click only", async () => {
    storeEnded();
    open();
    await click("tally-discard");
    expect(localStorage.getItem(key)).not.toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Discard the count" }));
    expect(await screen.findByTestId("tally-start")).toBeTruthy();
    expect(localStorage.getItem(key)).toBeNull();
  });

  it("warns of a camera that is not online, and is not for an archived one", async () => {
    const pass = holdIntervals();
    camera = cameraAnswer({ status: "offline" });
    open();
    expect(await screen.findByText(/The camera is not online/)).toBeTruthy();
    camera = cameraAnswer({ archived_at: "2026-11-26T10:00:00Z" });
    await pass(5000);
    expect(await screen.findByText("This camera is archived")).toBeTruthy();
  });

  it("says when the API fails", async () => {
    server.use(http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.error()));
    open();
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
  });
});
