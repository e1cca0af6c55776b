// @vitest-environment jsdom
import type { Crossing } from "@metrica/client/admin.ts";
import { holdIntervals } from "@metrica/ui/testing/app.tsx";
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, crossingsAnswer, healthAnswer, healthStore } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const crossing = (id: string, direction: "IN" | "OUT", delay_s: number): Crossing => ({
  event_id: id,
  direction,
  ts: "2026-11-26T10:01:00Z",
  received_at: new Date(Date.parse("2026-11-26T10:01:00Z") + delay_s * 1000).toISOString(),
  delay_s,
});

const open = () => openApp(`/cameras/${cameraId}/live`);

describe("the live test of a camera", () => {
  it("shows crossings as they come, with direction and delay, and asks for later ones only", async () => {
    const asked: (string | null)[] = [];
    let response = crossingsAnswer({ crossings: [crossing("1", "IN", 0.8)] });
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera/crossings`, ({ request }) => {
        asked.push(new URL(request.url).searchParams.get("after"));
        return HttpResponse.json(response);
      }),
    );
    const pass = holdIntervals();
    open();
    const first = await screen.findByTestId("crossing");
    expect(
      within(first)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    ).toEqual(["11:01:00", "0.8 s"]);
    expect(within(first).getByRole("rowheader").textContent).toBe("IN");
    response = crossingsAnswer({ crossings: [crossing("2", "OUT", 200)] });
    await pass(2000);
    await waitFor(() => expect(screen.getAllByTestId("crossing")).toHaveLength(2));
    expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual(["OUT", "IN"]);
    expect(screen.getByText("3 min")).toBeTruthy();
    expect(asked.slice(0, 2)).toEqual([null, "2026-11-26T10:00:00Z"]);
    expect(screen.getByTestId("newest-crossing").textContent).toContain("OUT at 11:01:00");
  });

  it("without crossings says what to do", async () => {
    open();
    expect(await screen.findByText("No crossings in the last hour")).toBeTruthy();
  });

  it("says that earlier ones are left out", async () => {
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () =>
        HttpResponse.json(crossingsAnswer({ crossings: [crossing("1", "IN", 1)], left_out: true })),
      ),
    );
    open();
    expect(await screen.findByText("Earlier crossings of the last hour are left out.")).toBeTruthy();
  });

  it("says what is wrong with the camera", async () => {
    const problem = {
      type: "slow",
      detail: "The edge box is slow.",
      remedy: "Lower the frames.",
      facts: {},
    } as const;
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(cameraAnswer())),
      http.get(`${apiUrl}/admin/health`, () =>
        HttpResponse.json(healthAnswer({ stores: [healthStore({ problems: [problem] })] })),
      ),
    );
    open();
    expect(await screen.findByText("The edge box is slow. Lower the frames.")).toBeTruthy();
    expect(screen.getByTestId("camera-troubles").textContent).toContain("The edge box reports a problem.");
  });

  it("says when the API fails", async () => {
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () =>
        HttpResponse.json({ type: "bad_request", title: "x", status: 400, detail: "No." }, { status: 400 }),
      ),
    );
    open();
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
  });
});
