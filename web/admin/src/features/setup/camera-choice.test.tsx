// @vitest-environment jsdom
import type { Camera } from "@metrica/client/admin.ts";
import { holdIntervals } from "@metrica/ui/testing/app.tsx";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, crossingsAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const fresh = { last_seen_at: null, snapshot_at: null, line: null, status: "never_seen" } as const;
let cameras: Camera[];
let posted: { name: string; key: string | null }[];

beforeEach(() => {
  cameras = [cameraAnswer({ camera_id: "door", name: "Door" })];
  posted = [];
  server.use(
    http.get(`${apiUrl}/admin/stores/:store/cameras`, () => HttpResponse.json({ cameras })),
    http.post(`${apiUrl}/admin/stores/:store/cameras`, async ({ request }) => {
      const { name } = (await request.json()) as { name: string };
      posted.push({ name, key: request.headers.get("Idempotency-Key") });
      cameras = [...cameras, cameraAnswer({ ...fresh, camera_id: "gate", name })];
      return HttpResponse.json(cameras.at(-1), { status: 201 });
    }),
    http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () =>
      HttpResponse.json(crossingsAnswer({ last_crossing_at: "2026-11-26T10:01:00Z" })),
    ),
  );
});

const step = async (name: string, state: string) =>
  await waitFor(() => expect(screen.getByTestId(`setup-${name}`).dataset.state).toBe(state));
const choice = () => screen.getByTestId<HTMLSelectElement>("setup-choose-camera");

describe("the camera that is set up", () => {
  it("of a store that counts already is a second one, from its command to its line", async () => {
    const { router } = openApp(`/stores/${storeId}/setup`);
    await step("walk", "done");
    expect(screen.queryByTestId("setup-choose-camera")).toBeNull();
    await userEvent.click(screen.getByTestId("setup-add-camera"));
    const dialog = within(await screen.findByRole("dialog", { name: "Add another camera" }));
    await userEvent.type(dialog.getByLabelText("Name"), "Gate");
    await userEvent.click(dialog.getByTestId("form-save"));
    await step("connect", "current");
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ name: "Gate" });
    expect(posted[0]?.key).toBeTruthy();
    expect(router.state.location.search).toEqual({ camera: "gate" });
    expect(choice().value).toBe("gate");
    expect([...choice().options].map(({ text }) => text)).toEqual(["Door", "Gate (not set up yet)"]);
    expect(await screen.findByTestId("setup-create-key")).toBeTruthy();
    await step("camera", "done");
    await step("line", "todo");
  });

  it("is changed in the list, which leaves out archived cameras", async () => {
    cameras = [
      ...cameras,
      cameraAnswer({ ...fresh, camera_id: "gate", name: "Gate" }),
      cameraAnswer({ camera_id: "old", name: "Old", archived_at: "2026-11-26T10:00:00Z" }),
    ];
    openApp(`/stores/${storeId}/setup`);
    await step("connect", "current");
    expect(choice().value).toBe("gate");
    expect(choice().options).toHaveLength(2);
    await userEvent.selectOptions(choice(), "door");
    await step("walk", "done");
    expect(choice().value).toBe("door");
  });

  it("stays the same when it is finished before another one", async () => {
    const pass = holdIntervals();
    cameras = [
      cameraAnswer({ ...fresh, camera_id: "door", name: "Door" }),
      cameraAnswer({ ...fresh, camera_id: "gate", name: "Gate" }),
    ];
    const { router } = openApp(`/stores/${storeId}/setup`);
    await step("connect", "current");
    expect(router.state.location.search).toEqual({ camera: "door" });
    cameras = [cameraAnswer({ camera_id: "door", name: "Door" }), ...cameras.slice(1)];
    await pass(2000);
    await step("walk", "done");
    expect(choice().value).toBe("door");
  });

  it("is not added when the API refuses it, which is said", async () => {
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/cameras`, () =>
        HttpResponse.json(
          { type: "store_archived", title: "x", status: 409, detail: "The store is archived." },
          { status: 409 },
        ),
      ),
    );
    openApp(`/stores/${storeId}/setup`);
    await userEvent.click(await screen.findByTestId("setup-add-camera"));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.type(dialog.getByLabelText("Name"), "Gate");
    await userEvent.click(dialog.getByTestId("form-save"));
    expect(await dialog.findByText(/The store is archived/)).toBeTruthy();
  });
});
