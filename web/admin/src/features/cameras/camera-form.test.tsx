// @vitest-environment jsdom
import type { Camera } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, changedBy, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

/** The API with one camera, which keeps what is written and compares the tags. */
let stored: Camera;
let writes: { ifMatch: string | null; body: Record<string, unknown> }[];

beforeEach(() => {
  stored = cameraAnswer();
  writes = [];
  server.use(
    http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(stored)),
    http.patch(`${apiUrl}/admin/cameras/:camera`, async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      const ifMatch = request.headers.get("If-Match");
      writes.push({ ifMatch, body });
      if (ifMatch !== stored.etag)
        return HttpResponse.json(changedBy("anna@example.com", stored), { status: 412 });
      stored = { ...stored, ...body, etag: '"written"' };
      return HttpResponse.json(stored);
    }),
  );
});

function somebodyElseSaves(changes: Partial<Camera>) {
  stored = { ...stored, ...changes, etag: '"camera-2"' };
}

async function openForm() {
  openApp(`/cameras/${cameraId}`);
  await userEvent.click(await screen.findByTestId("edit-camera"));
  return within(await screen.findByRole("dialog"));
}

async function enter(label: string, text: string) {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

const save = () => userEvent.click(screen.getByTestId("form-save"));

describe("the settings of a camera that somebody else changes meanwhile", () => {
  it("are saved when nobody did, with the tag of the state that was shown", async () => {
    await openForm();
    await enter("Frames per second", "12");
    await save();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(writes.map(({ ifMatch, body }) => [ifMatch, body.sample_fps])).toEqual([['"camera-1"', 12]]);
  });

  it("are merged: what only the other changed is taken over, and shown with their name", async () => {
    const dialog = await openForm();
    somebodyElseSaves({ sample_fps: 12 });
    await enter("Name", "Gate");
    await save();
    const notice = await dialog.findByTestId("conflict");
    expect(notice.textContent).toContain("anna@example.com changed this on 26 Nov");
    expect(notice.textContent).toContain("Frames per second: 10 → 12");
    expect(screen.getByLabelText<HTMLInputElement>("Frames per second").value).toBe("12");
    expect(stored.name).toBe("Door");
    await save();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(stored).toMatchObject({ name: "Gate", sample_fps: 12 });
    expect(writes.map(({ ifMatch }) => ifMatch)).toEqual(['"camera-1"', '"camera-2"']);
  });

  it.each([
    ["mine", 15],
    ["theirs", 12],
  ])("are chosen where both changed the same one: %s", async (choice, fps) => {
    const dialog = await openForm();
    somebodyElseSaves({ sample_fps: 12 });
    await enter("Frames per second", "15");
    await save();
    const notice = await dialog.findByTestId("conflict");
    expect(notice.textContent).toContain("both of you changed it. It was 10.");
    expect(screen.getByTestId("form-save")).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByTestId(`conflict-sample_fps-${choice}`));
    await save();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(stored.sample_fps).toBe(fps);
  });

  it("name the line that the other has moved, which the form does not have", async () => {
    const dialog = await openForm();
    somebodyElseSaves({ line: [0.9, 0.5, 0.1, 0.5] });
    await enter("Name", "Gate");
    await save();
    expect((await dialog.findByTestId("conflict")).textContent).toContain(
      "Counting line: 0.10, 0.50 → 0.90, 0.50 → 0.90, 0.50 → 0.10, 0.50",
    );
  });
});

describe("an error of the API", () => {
  it("is shown at its field, and goes away with the correction", async () => {
    await openForm();
    const message = "2 frames/s are too few to count.";
    server.use(
      http.patch(`${apiUrl}/admin/cameras/:camera`, () =>
        HttpResponse.json(
          {
            type: "validation_error",
            title: "Not valid",
            status: 422,
            detail: "The request is not valid; see errors.",
            errors: [{ loc: ["body", "sample_fps"], type: "value_error", message }],
          },
          { status: 422 },
        ),
      ),
    );
    await save();
    const field = await screen.findByLabelText("Frames per second");
    await screen.findByText(message);
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, "0");
    await waitFor(() => expect(screen.queryByText(message)).toBeNull());
  });
});

describe("a new camera", () => {
  it("is created once by a double click", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/cameras`, ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return HttpResponse.json(cameraAnswer(), { status: 201 });
      }),
    );
    const { router } = openApp(`/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("add-camera"));
    await userEvent.type(await screen.findByLabelText("Name"), "Door");
    await userEvent.dblClick(screen.getByTestId("form-save"));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/cameras/${cameraId}`));
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
