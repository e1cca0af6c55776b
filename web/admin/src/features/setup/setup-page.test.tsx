// @vitest-environment jsdom
import type { Camera, Crossings } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import {
  cameraAnswer,
  cameraId,
  crossingsAnswer,
  healthAnswer,
  storeAnswer,
  storeId,
} from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const added = { last_seen_at: null, snapshot_at: null, line: null, status: "never_seen" } as const;
const connected = { ...added, last_seen_at: "2026-11-26T10:00:00Z", status: "online" } as const;

/** The API with a store that is being set up. */
let cameras: Camera[];
let crossings: Crossings;
let people: string[];
let keys: { used: boolean }[];
let posts: string[];

beforeEach(() => {
  cameras = [];
  crossings = crossingsAnswer();
  people = [];
  keys = [];
  posts = [];
  server.use(
    http.get(`${apiUrl}/admin/stores/:store/cameras`, () => HttpResponse.json({ cameras })),
    http.post(`${apiUrl}/admin/stores/:store/cameras`, () => {
      cameras = [cameraAnswer(added)];
      return HttpResponse.json(cameras[0], { status: 201 });
    }),
    http.get(`${apiUrl}/admin/stores/:store/worker-keys`, () =>
      HttpResponse.json({
        worker_keys: keys.map(({ used }, index) => ({
          worker_key_id: String(index),
          name: "Setup of Door",
          hint: "abcd",
          created_at: "2026-11-26T09:00:00Z",
          created_by: null,
          last_used_at: used ? "2026-11-26T09:30:00Z" : null,
          revoked_at: null,
        })),
      }),
    ),
    http.post(`${apiUrl}/admin/stores/:store/worker-keys`, () => {
      keys = [...keys, { used: false }];
      return HttpResponse.json(
        { worker_key_id: "1", name: "x", hint: "cret", key: "mk_secret" },
        { status: 201 },
      );
    }),
    http.post(`${apiUrl}/admin/cameras/:camera/snapshot-request`, () => {
      posts.push("snapshot-request");
      cameras = cameras.map((camera) => ({ ...camera, snapshot_requested_at: "2026-11-26T10:00:00Z" }));
      return HttpResponse.json({ snapshot_requested_at: "2026-11-26T10:00:00Z" }, { status: 202 });
    }),
    http.get(`${apiUrl}/admin/cameras/:camera/snapshot`, () =>
      HttpResponse.json({
        url: "https://pictures.example.org/1.jpg",
        expires_at: "2026-11-26T10:05:00Z",
        snapshot_at: "2026-11-26T10:00:00Z",
      }),
    ),
    http.put(`${apiUrl}/admin/cameras/:camera/line`, async ({ request }) => {
      const { line } = (await request.json()) as { line: number[] };
      posts.push(`line ${line.join(" ")} ${request.headers.get("If-Match")}`);
      cameras = cameras.map((camera) => ({ ...camera, line, etag: '"camera-2"' }));
      return HttpResponse.json(cameras[0]);
    }),
    http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () => HttpResponse.json(crossings)),
    http.get(`${apiUrl}/admin/stores/:store/owners`, () =>
      HttpResponse.json({
        owners: people.map((email) => ({
          user_id: email,
          email,
          added_at: "2026-11-26T09:00:00Z",
          last_seen_at: null,
        })),
        invites: [],
      }),
    ),
  );
});

const open = () => openApp(`/stores/${storeId}/setup`);
const step = async (name: string, state: string) =>
  await waitFor(() => expect(screen.getByTestId(`setup-${name}`).dataset.state).toBe(state));

describe("the setup of a store", () => {
  it("begins with a camera, and the next step opens by itself", async () => {
    open();
    await step("details", "done");
    await step("camera", "current");
    expect(screen.getByTestId("setup-line-toggle")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByLabelText("Name"), "Door");
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
    cameras = [cameraAnswer(added)];
  });

  it("makes the command with the key, the camera and the address, and asks for a picture", async () => {
    open();
    await userEvent.click(await screen.findByTestId("setup-create-key"));
    await userEvent.type(await screen.findByTestId("setup-source"), "rtsp://10.0.0.1/1");
    const command = screen.getByTestId("setup-command").textContent;
    expect(command).toContain(`export METRICA_CAMERA_ID='${cameraId}'`);
    expect(command).toContain("export METRICA_WORKER_KEY='mk_secret'");
    expect(command).toContain("export METRICA_SOURCE='rtsp://10.0.0.1/1'");
    await waitFor(() => expect(posts).toEqual(["snapshot-request"]));
  });

  it("is resumed with a new key: the secret of the first one is not shown again", async () => {
    keys = [{ used: false }];
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
    keys = [{ used }];
    open();
    await waitFor(() => expect(screen.getByTestId("setup-waiting").textContent).toContain(text));
  });

  it("says that another edge box was turned away", async () => {
    cameras = [cameraAnswer({ ...added, rejected_instance_id: "1" })];
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
    cameras = [cameraAnswer(connected)];
    open();
    await step("snapshot", "current");
    await waitFor(() =>
      expect(screen.getByTestId("request-snapshot").textContent).toBe("Waiting for the snapshot…"),
    );
    expect(posts).toEqual(["snapshot-request"]);
    cameras = [cameraAnswer({ ...connected, snapshot_at: "2026-11-26T10:00:30Z" })];
    await step("line", "current");
    expect(await screen.findByTestId("line-save")).toBeTruthy();
  });

  it("save the line, and go on to the walk", async () => {
    cameras = [cameraAnswer({ ...connected, snapshot_at: "2026-11-26T10:00:30Z" })];
    open();
    await userEvent.click(await screen.findByTestId("line-save"));
    await step("walk", "current");
    expect(posts).toEqual(['line 0 0.5 1 0.5 "camera-1"']);
  });

  it("show what is wrong with the camera, and what to do", async () => {
    cameras = [cameraAnswer({ ...connected, status: "offline" })];
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
  cameras = [cameraAnswer({ ...connected, line: [0.1, 0.5, 0.9, 0.5] })];
  open();
  await step("snapshot", "done");
  expect(screen.getByTestId("setup-snapshot").textContent).toContain("Not needed: the line is drawn.");
});

describe("the walk through the entrance", () => {
  beforeEach(() => {
    cameras = [
      cameraAnswer({ ...connected, snapshot_at: "2026-11-26T10:00:30Z", line: [0.1, 0.5, 0.9, 0.5] }),
    ];
  });

  it("waits for the edge box to take the line over", async () => {
    crossings = crossingsAnswer({ line_used_from: new Date(Date.now() + 20_000).toISOString() });
    open();
    await waitFor(() =>
      expect(screen.getByTestId("setup-walk-status").textContent).toContain(
        "takes the line over with its next heartbeat",
      ),
    );
  });

  it("waits for the first crossing, and shows it with its direction and delay", async () => {
    open();
    await waitFor(() =>
      expect(screen.getByTestId("setup-walk-status").textContent).toContain(
        "Waiting for the first crossing.",
      ),
    );
    crossings = crossingsAnswer({
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
    await step("walk", "done");
    await step("owner", "current");
    expect(screen.getByTestId("newest-crossing").textContent).toBe("IN at 11:01:00, 1 crossing");
    await userEvent.click(screen.getByTestId("setup-walk-toggle"));
    const cells = within(screen.getByTestId("crossing"));
    expect(cells.getByText("1.2 s")).toBeTruthy();
  });

  it("leaves out the crossings of the line before", async () => {
    crossings = crossingsAnswer({
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
    await waitFor(() => expect(posts).toEqual(['line 0.9 0.5 0.1 0.5 "camera-1"']));
  });

  it("and an owner complete the setup", async () => {
    crossings = crossingsAnswer({ last_crossing_at: "2026-11-26T10:01:00Z" });
    people = ["owner@example.com"];
    open();
    expect(await screen.findByTestId("setup-complete")).toBeTruthy();
    expect(screen.getByTestId("setup-owner").textContent).toContain("1 person invited");
  });
});
