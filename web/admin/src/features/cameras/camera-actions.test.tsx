// @vitest-environment jsdom
import type { Camera } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { delay, HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, cameraId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

let camera: Camera;

beforeEach(() => {
  camera = cameraAnswer();
  server.use(http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(camera)));
});

const refused = (detail: string) =>
  HttpResponse.json({ type: "conflict", title: "Conflict", status: 409, detail }, { status: 409 });

/** The actions that are explained in a dialog before they are done. */
const actions = [
  {
    action: "archive",
    testId: "archive",
    before: {},
    after: { archived_at: "2026-11-26T10:00:00Z" },
    done: "archived-camera",
  },
  {
    action: "accept-instance",
    testId: "accept-instance",
    before: { rejected_instance_id: "other", rejected_instance_at: "2026-11-26T10:00:00Z" },
    after: { rejected_instance_id: null },
    done: null,
  },
  {
    action: "accept-view",
    testId: "accept-view",
    before: { picture: "moved" },
    after: { picture: "moved", view_accepted_at: "2026-11-26T10:00:00Z" },
    done: "changed-view",
  },
] as const;

describe.each(actions)("$action of a camera", ({ action, testId, before, after, done }) => {
  const url = `${apiUrl}/admin/cameras/:camera/${action}`;
  const confirm = async () => {
    await userEvent.click(await screen.findByTestId(testId));
    const dialog = await screen.findByRole("alertdialog");
    await userEvent.click(within(dialog).getByTestId(`${testId}-confirm`));
    return dialog;
  };

  beforeEach(() => {
    camera = cameraAnswer(before);
  });

  it("is done after its consequences were shown", async () => {
    server.use(
      http.post(url, () => {
        camera = cameraAnswer(after);
        return HttpResponse.json(camera);
      }),
    );
    openApp(`/cameras/${cameraId}`);
    const dialog = await confirm();
    expect(within(dialog).getAllByRole("listitem").length).toBeGreaterThan(1);
    await waitFor(() => expect(screen.queryByTestId(`${testId}-confirm`)).toBeNull());
    if (done !== null) expect(await screen.findByTestId(done)).toBeTruthy();
  });

  it("that runs cannot be started again", async () => {
    server.use(http.post(url, () => delay("infinite")));
    openApp(`/cameras/${cameraId}`);
    const dialog = await confirm();
    await waitFor(() =>
      expect(within(dialog).getByTestId(`${testId}-confirm`)).toHaveProperty("disabled", true),
    );
  });

  it("that is refused says why, and changes nothing", async () => {
    server.use(http.post(url, () => refused("Somebody else was faster.")));
    openApp(`/cameras/${cameraId}`);
    const dialog = await confirm();
    expect(await within(dialog).findByText("Somebody else was faster.")).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(await screen.findByTestId(testId)).toBeTruthy();
  });
});

describe("a snapshot", () => {
  const url = `${apiUrl}/admin/cameras/:camera/snapshot-request`;
  const request = async () => await userEvent.click(await screen.findByTestId("request-snapshot"));

  it("that is missing says what it will show", async () => {
    openApp(`/cameras/${cameraId}`);
    expect(await screen.findByText(/No snapshot yet. It shows the empty scene/)).toBeTruthy();
  });

  it("is waited for after it was requested", async () => {
    server.use(
      http.post(url, () => {
        camera = cameraAnswer({ snapshot_requested_at: "2026-11-26T10:00:00Z" });
        return HttpResponse.json({ snapshot_requested_at: "2026-11-26T10:00:00Z" }, { status: 202 });
      }),
    );
    openApp(`/cameras/${cameraId}`);
    await request();
    await waitFor(() =>
      expect(screen.getByTestId("request-snapshot").textContent).toBe("Waiting for the snapshot…"),
    );
    expect(screen.getByTestId("request-snapshot")).toHaveProperty("disabled", true);
  });

  it("that is refused says why", async () => {
    server.use(http.post(url, () => refused("The camera is archived and cannot be changed.")));
    openApp(`/cameras/${cameraId}`);
    await request();
    expect(await screen.findByText("The camera is archived and cannot be changed.")).toBeTruthy();
  });
});

describe("an archived camera", () => {
  it("can be neither changed nor counted", async () => {
    camera = cameraAnswer({ archived_at: "2026-11-26T10:00:00Z" });
    openApp(`/cameras/${cameraId}`);
    expect((await screen.findByTestId("archived-camera")).textContent).toContain("no longer counts");
    for (const testId of ["edit-camera", "line-save", "archive", "live-test", "request-snapshot"])
      expect(screen.queryByTestId(testId), testId).toBeNull();
  });
});
