// @vitest-environment jsdom
import { holdIntervals } from "@metrica/ui/testing/app.tsx";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, crossingsAnswer, storeId } from "#testing/fixtures.ts";
import { openApp, setUpServer } from "#testing/render-app.tsx";
import { connected, serveSetup, setup } from "#testing/setup-api.ts";

setUpServer();
serveSetup();

const open = () => openApp(`/stores/${storeId}/setup`);
const step = async (name: string, state: string) =>
  await waitFor(() => expect(screen.getByTestId(`setup-${name}`).dataset.state).toBe(state));

describe("the walk through the entrance", () => {
  beforeEach(() => {
    setup.cameras = [
      cameraAnswer({ ...connected, snapshot_at: "2026-11-26T10:00:30Z", line: [0.1, 0.5, 0.9, 0.5] }),
    ];
  });

  it("waits for the edge box to take the line over", async () => {
    setup.crossings = crossingsAnswer({ line_used_from: new Date(Date.now() + 20_000).toISOString() });
    open();
    await waitFor(() =>
      expect(screen.getByTestId("setup-walk-status").textContent).toContain(
        "takes the line over with its next heartbeat",
      ),
    );
  });

  it("waits for the first crossing, and shows it with its direction and delay", async () => {
    const pass = holdIntervals();
    open();
    await waitFor(() =>
      expect(screen.getByTestId("setup-walk-status").textContent).toContain(
        "Waiting for the first crossing.",
      ),
    );
    setup.crossings = crossingsAnswer({
      last_crossing_at: "2026-11-26T10:01:00Z",
      crossings: [
        {
          event_id: "1",
          direction: "IN",
          ts: "2026-11-26T10:01:00Z",
          received_at: "2026-11-26T10:01:01Z",
          delay_s: 1.2,
        },
      ],
    });
    await pass(2000);
    await step("walk", "done");
    await step("owner", "current");
    expect(screen.getByTestId("newest-crossing").textContent).toBe("IN at 11:01:00, 1 crossing");
    await userEvent.click(screen.getByTestId("setup-walk-toggle"));
    const cells = within(screen.getByTestId("crossing"));
    expect(cells.getByText("1.2 s")).toBeTruthy();
  });

  it("leaves out the crossings of the line before", async () => {
    setup.crossings = crossingsAnswer({
      line_used_from: "2026-11-26T09:59:00Z",
      crossings: [
        {
          event_id: "1",
          direction: "OUT",
          ts: "2026-11-26T09:58:00Z",
          received_at: "2026-11-26T09:58:01Z",
          delay_s: 1,
        },
      ],
    });
    open();
    await screen.findByTestId("setup-walk-status");
    expect(screen.queryByTestId("crossing")).toBeNull();
  });

  it("swaps a line whose direction is wrong", async () => {
    open();
    await userEvent.click(await screen.findByTestId("setup-swap"));
    await waitFor(() => expect(setup.posts).toEqual(['line 0.9 0.5 0.1 0.5 "camera-1"']));
  });

  it("and an owner complete the setup", async () => {
    setup.crossings = crossingsAnswer({ last_crossing_at: "2026-11-26T10:01:00Z" });
    setup.people = ["owner@example.com"];
    open();
    expect(await screen.findByTestId("setup-complete")).toBeTruthy();
    expect(screen.getByTestId("setup-owner").textContent).toContain("1 person invited");
  });
});
