// @vitest-environment jsdom
import type { Store } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { changedBy, healthAnswer, healthStore, storeAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const archived = { archived_at: "2026-11-26T10:00:00Z" };
let store: Store;

beforeEach(() => {
  store = storeAnswer();
  server.use(
    http.get(`${apiUrl}/admin/stores/:store`, () => HttpResponse.json(store)),
    http.get(`${apiUrl}/admin/stores`, () => HttpResponse.json({ stores: [store] })),
    http.get(`${apiUrl}/admin/health`, () => HttpResponse.json(healthAnswer({ stores: [healthStore()] }))),
  );
});

const answerTo = (action: "archive" | "restore", change: Partial<Store>) =>
  http.post(`${apiUrl}/admin/stores/:store/${action}`, () => {
    store = storeAnswer(change);
    return HttpResponse.json(store);
  });

const refusalOf = (action: "archive" | "restore", detail: string) =>
  http.post(`${apiUrl}/admin/stores/:store/${action}`, () =>
    HttpResponse.json({ type: "conflict", title: "Conflict", status: 409, detail }, { status: 409 }),
  );

describe("a store", () => {
  it("is archived after its consequences were shown, and can no longer be changed", async () => {
    server.use(answerTo("archive", archived));
    openApp(`/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("archive"));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("The owners lose access to the store immediately.");
    await userEvent.click(within(dialog).getByTestId("archive-confirm"));
    expect(await screen.findByTestId("archived-store")).toBeTruthy();
    for (const testId of ["edit-store", "add-camera", "add-key", "invite-send", "archive", "store-setup"])
      expect(screen.queryByTestId(testId), testId).toBeNull();
  });

  it("that somebody else has changed meanwhile is not archived before that was seen", async () => {
    let etag = store.etag;
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/archive`, ({ request }) => {
        if (request.headers.get("If-Match") !== etag)
          return HttpResponse.json(changedBy("anna@example.com", store), { status: 412 });
        store = storeAnswer(archived);
        return HttpResponse.json(store);
      }),
    );
    openApp(`/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("archive"));
    store = storeAnswer({ name: "Corner café", etag: '"store-2"' });
    etag = store.etag;
    await userEvent.click(await screen.findByTestId("archive-confirm"));
    await screen.findByText(/anna@example\.com has changed this/);
    await screen.findByRole("heading", { name: "Archive Corner café?" });
    await userEvent.click(screen.getByTestId("archive-confirm"));
    expect(await screen.findByTestId("archived-store")).toBeTruthy();
  });

  it("whose archiving is refused says why", async () => {
    server.use(refusalOf("archive", "The store is archived; restore it first."));
    openApp(`/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("archive"));
    await userEvent.click(await screen.findByTestId("archive-confirm"));
    expect(await screen.findByText("The store is archived; restore it first.")).toBeTruthy();
    expect(screen.queryByTestId("archived-store")).toBeNull();
  });
});

describe("an archived store", () => {
  beforeEach(() => {
    store = storeAnswer(archived);
  });

  it("is in a collapsed list, from which it is opened and restored", async () => {
    server.use(answerTo("restore", {}));
    openApp("/");
    const list = within(await screen.findByTestId("archived-stores"));
    expect(list.getByText("1 archived store")).toBeTruthy();
    await userEvent.click(list.getByRole("link", { name: "Corner shop", hidden: true }));
    await userEvent.click(await screen.findByTestId("restore-store"));
    await waitFor(() => expect(screen.queryByTestId("archived-store")).toBeNull());
    expect(screen.getByTestId("archive")).toBeTruthy();
  });

  it("that cannot be restored says why", async () => {
    server.use(refusalOf("restore", "The store is not archived."));
    openApp(`/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("restore-store"));
    expect(await screen.findByText("The store is not archived.")).toBeTruthy();
  });
});

it("without archived stores there is no list of them", async () => {
  openApp("/");
  expect(await screen.findByTestId("store-health")).toBeTruthy();
  expect(screen.queryByTestId("archived-stores")).toBeNull();
});
