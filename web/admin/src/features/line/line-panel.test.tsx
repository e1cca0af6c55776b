// @vitest-environment jsdom
import type { Camera } from "@metrica/client/admin.ts";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, changedBy, healthAnswer, healthStore, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const theirs = [0.9, 0.5, 0.1, 0.5];

/** The API with one camera, which keeps the line that is written and compares the tags. */
let stored: Camera;

beforeEach(() => {
  stored = cameraAnswer();
  server.use(
    http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(stored)),
    http.put(`${apiUrl}/admin/cameras/:camera/line`, async ({ request }) => {
      if (request.headers.get("If-Match") !== stored.etag)
        return HttpResponse.json(changedBy("anna@example.com", stored), { status: 412 });
      const { line } = (await request.json()) as { line: number[] };
      stored = { ...stored, line, etag: '"written"' };
      return HttpResponse.json(stored);
    }),
  );
});

async function openEditor() {
  const app = openApp(`/cameras/${cameraId}`);
  const end = await screen.findByTestId("line-end-a");
  return { ...app, end, press: (key: string, shiftKey = false) => fireEvent.keyDown(end, { key, shiftKey }) };
}

const coordinates = () => screen.getByTestId("line-coordinates").textContent;
const click = (testId: string) => userEvent.click(screen.getByTestId(testId));

describe("the line", () => {
  it("is moved by the arrow keys: by one pixel of the image, with Shift by ten", async () => {
    const { press } = await openEditor();
    const { width, height } = readSize();
    press("ArrowRight");
    press("ArrowDown", true);
    await click("line-save");
    await waitFor(() => expect(stored.etag).toBe('"written"'));
    expect(stored.line?.[0]).toBeCloseTo(0.1 + 1 / width, 4);
    expect(stored.line?.[1]).toBeCloseTo(0.5 + 10 / height, 4);
    expect(stored.line?.slice(2)).toEqual([0.9, 0.5]);
  });

  it("is undone and redone step by step, by buttons and keys", async () => {
    const { end } = await openEditor();
    const first = coordinates();
    await click("line-swap");
    const swapped = coordinates();
    expect(swapped).toContain("0.90, 0.50 → 0.10, 0.50 · not saved");
    await click("line-undo");
    expect(coordinates()).toBe(first);
    await click("line-redo");
    expect(coordinates()).toBe(swapped);
    fireEvent.keyDown(end, { key: "z", ctrlKey: true });
    expect(coordinates()).toBe(first);
    fireEvent.keyDown(end, { key: "Z", ctrlKey: true, shiftKey: true });
    expect(coordinates()).toBe(swapped);
    expect(screen.getByTestId("line-redo")).toHaveProperty("disabled", true);
  });

  it("is not left unsaved without a question", async () => {
    const { router } = await openEditor();
    await click("line-swap");
    const leave = () => void router.navigate({ to: "/stores/$storeId", params: { storeId } });
    leave();
    const dialog = within(await screen.findByTestId("unsaved-changes"));
    await userEvent.click(dialog.getByRole("button", { name: "Stay on this page" }));
    expect(router.state.location.pathname).toBe(`/cameras/${cameraId}`);
    expect(coordinates()).toContain("not saved");
    leave();
    await userEvent.click(await screen.findByRole("button", { name: "Leave without saving" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/stores/${storeId}`));
    expect(stored.line).toEqual([0.1, 0.5, 0.9, 0.5]);
  });
});

describe("a line that cannot count well", () => {
  it("is warned of while it is drawn, and the dots show where people were lost", async () => {
    const facts = { fps: 5, reliable_fps: 8 };
    stored = { ...stored, warnings: [{ type: "few_frames_reached", message: "IN ENGLISH", facts }] };
    server.use(
      http.get(`${apiUrl}/admin/health`, () =>
        HttpResponse.json(
          healthAnswer({
            stores: [healthStore({ person_height: 0.2, camera_id: cameraId })],
          }),
        ),
      ),
      http.get(`${apiUrl}/admin/cameras/:camera/track-ends`, () =>
        HttpResponse.json({ points: Array(5).fill([0.5, 0.5]) }),
      ),
    );
    const { press } = await openEditor();
    await waitFor(() =>
      expect(screen.getByTestId("line-warnings").textContent).toMatch(
        /5\.0 frames per second.*5 people were lost/,
      ),
    );
    expect(screen.getByTestId("track-ends").childElementCount).toBe(5);
    const { height } = readSize();
    for (let moved = 0; moved < height * 0.45; moved += 10) press("ArrowDown", true);
    for (let moved = 0; moved < height * 0.45; moved += 10)
      fireEvent.keyDown(screen.getByTestId("line-end-b"), { key: "ArrowDown", shiftKey: true });
    await waitFor(() =>
      expect(screen.getByTestId("line-warnings").textContent).toContain("too near the edge"),
    );
    expect(screen.getByTestId("line-warnings").textContent).not.toContain("people were lost");
  });

  it("has no warning when it is good", async () => {
    await openEditor();
    expect(screen.queryByTestId("line-warnings")).toBeNull();
    expect(screen.queryByTestId("track-ends")).toBeNull();
  });

  it("of a camera that is offline is not judged by its last measurements", async () => {
    server.use(
      http.get(`${apiUrl}/admin/health`, () =>
        HttpResponse.json(
          healthAnswer({
            stores: [healthStore({ person_height: 0.01, status: "offline", camera_id: cameraId })],
          }),
        ),
      ),
      http.get(`${apiUrl}/admin/cameras/:camera/track-ends`, () =>
        HttpResponse.json({ points: [[0.5, 0.9]] }),
      ),
    );
    await openEditor();
    await screen.findByTestId("track-ends");
    expect(screen.queryByTestId("line-warnings")).toBeNull();
  });
});

describe("a line that somebody else has moved meanwhile", () => {
  async function bothMove() {
    const app = await openEditor();
    app.press("ArrowUp", true);
    stored = { ...stored, line: theirs, etag: '"camera-2"' };
    await click("line-save");
    const notice = await screen.findByTestId("line-conflict");
    return { ...app, notice };
  }

  it("is shown beside the own one, and nothing is saved", async () => {
    const { notice } = await bothMove();
    expect(notice.textContent).toContain("anna@example.com changed this on 26 Nov");
    expect(notice.textContent).toContain("theirs: 0.90, 0.50 → 0.10, 0.50. It was 0.10, 0.50 → 0.90, 0.50.");
    expect(screen.getByTestId("other-line")).toBeTruthy();
    expect(stored.line).toEqual(theirs);
  });

  it("is replaced when the own one is chosen", async () => {
    await bothMove();
    await userEvent.click(screen.getByRole("button", { name: "Save my line" }));
    await waitFor(() => expect(stored.etag).toBe('"written"'));
    expect(stored.line?.slice(2)).toEqual([0.9, 0.5]);
    await waitFor(() => expect(screen.queryByTestId("line-conflict")).toBeNull());
    expect(coordinates()).not.toContain("not saved");
  });

  it("is kept when theirs is chosen", async () => {
    await bothMove();
    await userEvent.click(screen.getByRole("button", { name: "Use their line" }));
    await waitFor(() => expect(coordinates()).toBe("0.90, 0.50 → 0.10, 0.50"));
    expect(stored.etag).toBe('"camera-2"');
  });
});

it("a line is saved although somebody else has changed another setting", async () => {
  await openEditor();
  await click("line-swap");
  stored = { ...stored, sample_fps: 12, etag: '"camera-2"' };
  await click("line-save");
  await waitFor(() => expect(stored.line).toEqual(theirs));
  expect(stored.sample_fps).toBe(12);
  expect(screen.queryByTestId("line-conflict")).toBeNull();
});

/** The size of the frame without an image, from the view box of the editor. */
function readSize() {
  const [, , width = 0, height = 0] = (screen.getByTestId("line-editor").getAttribute("viewBox") ?? "")
    .split(" ")
    .map(Number);
  return { width, height };
}
