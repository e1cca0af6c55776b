// @vitest-environment jsdom
import { holdIntervals } from "@metrica/ui/testing/app.tsx";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, healthAnswer, storeAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { added, connected, serveSetup, setup } from "#testing/setup-api.ts";

setUpServer();
serveSetup();

const open = () => openApp(`/stores/${storeId}/setup`);
const step = async (name: string, state: string) =>
  await waitFor(() => expect(screen.getByTestId(`setup-${name}`).dataset.state).toBe(state));

describe("the setup of a store", () => {
  it("begins with a camera, and the next step opens by itself", async () => {
    open();
    await step("details", "done");
    await step("camera", "current");
    expect(screen.getByTestId("setup-line-toggle")).toHaveProperty("disabled", true);
    await userEvent.type(await screen.findByLabelText("Name"), "Door");
    await userEvent.click(screen.getByTestId("form-save"));
    await step("connect", "current");
    expect(await screen.findByTestId("setup-create-key")).toBeTruthy();
  });

  it("shows the settings of the store and warns of missing opening hours", async () => {
    server.use(
      http.get(`${apiUrl}/admin/stores/:store`, () =>
        HttpResponse.json(
          storeAnswer({ opening_hours: null, country: "DE", region: "BY", closed_on_holidays: true }),
        ),
      ),
    );
    open();
    const details = within(await screen.findByTestId("setup-details"));
    expect(
      details.getByText("Europe/Berlin · Always open · closed on public holidays of Germany, BY"),
    ).toBeTruthy();
    await userEvent.click(screen.getByTestId("setup-details-toggle"));
    expect(details.getByText(/a closed hour looks like a quiet one/)).toBeTruthy();
    await userEvent.click(screen.getByTestId("setup-edit-store"));
    expect(await screen.findByRole("dialog", { name: "Store settings" })).toBeTruthy();
  });

  it("is not for an archived store", async () => {
    server.use(
      http.get(`${apiUrl}/admin/stores/:store`, () =>
        HttpResponse.json(storeAnswer({ archived_at: "2026-11-26T10:00:00Z" })),
      ),
    );
    open();
    expect(await screen.findByText("This store is archived")).toBeTruthy();
    expect(screen.queryByTestId("setup-camera")).toBeNull();
  });

  it("says when the API fails", async () => {
    server.use(
      http.get(`${apiUrl}/admin/stores/:store/cameras`, () =>
        HttpResponse.json(
          { type: "internal_error", title: "x", status: 500, detail: "It failed." },
          { status: 500 },
        ),
      ),
    );
    open();
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
  });
});

describe("the step of the edge box", () => {
  beforeEach(() => {
    setup.cameras = [cameraAnswer(added)];
  });

  it("makes the command with the key, the camera and the address, and asks for a picture", async () => {
    open();
    await userEvent.click(await screen.findByTestId("setup-create-key"));
    await userEvent.type(await screen.findByTestId("setup-source"), "rtsp://10.0.0.1/1");
    const command = screen.getByTestId("setup-command").textContent;
    expect(command).toContain(`export METRICA_CAMERA_ID='${cameraId}'`);
    expect(command).toContain("export METRICA_WORKER_KEY='mk_secret'");
    expect(command).toContain("export METRICA_SOURCE='rtsp://10.0.0.1/1'");
    await waitFor(() => expect(setup.posts).toEqual(["snapshot-request"]));
  });

  it("is resumed with a new key: the secret of the first one is not shown again", async () => {
    setup.keys = [{ used: false }];
    open();
    await waitFor(() =>
      expect(screen.getByTestId("setup-create-key").textContent).toBe("Make a new command"),
    );
    expect(screen.getByText(/whose secrets are not shown again/)).toBeTruthy();
    expect(screen.queryByTestId("setup-command")).toBeNull();
  });

  it.each([
    [false, "No edge box has used a key of this store yet."],
    [true, "check that the command has the id of this camera"],
  ])("says what has arrived while it waits (key used: %s)", async (used, text) => {
    setup.keys = [{ used }];
    open();
    await waitFor(() => expect(screen.getByTestId("setup-waiting").textContent).toContain(text));
  });

  it("says that another edge box was turned away", async () => {
    setup.cameras = [cameraAnswer({ ...added, rejected_instance_id: "1" })];
    open();
    expect((await screen.findByTestId("setup-waiting")).textContent).toContain("turned away");
  });

  it("says why no key could be made", async () => {
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/worker-keys`, () =>
        HttpResponse.json(
          { type: "too_many_keys", title: "x", status: 409, detail: "The store has 20 keys." },
          { status: 409 },
        ),
      ),
    );
    open();
    await userEvent.click(await screen.findByTestId("setup-create-key"));
    expect(await screen.findByText(/The store has 20 keys/)).toBeTruthy();
  });
});

describe("the steps of the picture and the line", () => {
  it("ask for a picture once, and go on when it has arrived", async () => {
    const pass = holdIntervals();
    setup.cameras = [cameraAnswer(connected)];
    open();
    await step("snapshot", "current");
    await waitFor(() =>
      expect(screen.getByTestId("request-snapshot").textContent).toBe("Waiting for the snapshot…"),
    );
    expect(setup.posts).toEqual(["snapshot-request"]);
    setup.cameras = [cameraAnswer({ ...connected, snapshot_at: "2026-11-26T10:00:30Z" })];
    await pass(2000);
    await step("line", "current");
    expect(await screen.findByTestId("line-save")).toBeTruthy();
  });

  it("save the line, and go on to the walk", async () => {
    setup.cameras = [cameraAnswer({ ...connected, snapshot_at: "2026-11-26T10:00:30Z" })];
    open();
    await userEvent.click(await screen.findByTestId("line-save"));
    await step("walk", "current");
    expect(setup.posts).toEqual(['line 0 0.5 1 0.5 "camera-1"']);
  });

  it("show what is wrong with the camera, and what to do", async () => {
    setup.cameras = [cameraAnswer({ ...connected, status: "offline" })];
    server.use(
      http.get(`${apiUrl}/admin/incidents`, () =>
        HttpResponse.json({
          incidents: [
            {
              incident_id: "1",
              type: "picture_covered",
              camera_id: cameraId,
              detail: "The picture is covered.",
              remedy: "Clean the lens.",
              facts: {},
              started_at: "2026-11-26T10:00:00Z",
            },
          ],
          next_before: null,
        }),
      ),
      http.get(`${apiUrl}/admin/health`, () => HttpResponse.json(healthAnswer())),
    );
    open();
    await screen.findByText(/^The picture is covered, dark, washed out or out of focus. Clean the lens/);
    const troubles = screen.getByTestId("camera-troubles").textContent;
    expect(troubles).toMatch(/Offline: the last heartbeat arrived/);
    expect(troubles).toContain("run metrica-edge doctor");
  });
});

it("needs no picture for a line that is drawn", async () => {
  setup.cameras = [cameraAnswer({ ...connected, line: [0.1, 0.5, 0.9, 0.5] })];
  open();
  await step("snapshot", "done");
  expect(screen.getByTestId("setup-snapshot").textContent).toContain("Not needed: the line is drawn.");
});
