// @vitest-environment jsdom
import type { AuditEntry } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { delay, HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { cameraId, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

function entry(entry_id: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    entry_id,
    at: "2026-11-26T10:00:00Z",
    actor_id: "ada",
    actor_email: "ada@example.com",
    action: "store.change",
    subject_type: "store",
    subject_id: storeId,
    store_id: storeId,
    before: { capacity: 50 },
    after: { capacity: 60 },
    ...changes,
  };
}

let asked: string[];

beforeEach(() => {
  asked = [];
  server.use(
    http.get(`${apiUrl}/admin/audit`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.toString());
      return searchParams.has("before")
        ? HttpResponse.json({ entries: [entry(1, { actor_id: null, actor_email: null })], next_before: null })
        : HttpResponse.json({
            entries: [
              entry(3),
              entry(2, { action: "camera.line", subject_type: "camera", subject_id: cameraId, before: null }),
            ],
            next_before: 2,
          });
    }),
  );
});

describe("the audit log", () => {
  it("says who changed what, with links to the store and the camera", async () => {
    openApp("/audit");
    const [store, camera] = await screen.findAllByTestId("audit-entry");
    expect(store?.textContent).toContain("ada@example.com");
    await waitFor(() => expect(store?.textContent).toContain("Corner shop"));
    expect(store?.textContent).toMatch(/Capacity:\s*50 → 60/);
    expect(camera?.textContent).not.toContain("{");
    const link = within(camera ?? document.body).getByRole("link", { name: "Open camera" });
    expect(link.getAttribute("href")).toBe(`/cameras/${cameraId}`);
  });

  it("loads earlier entries until there are none", async () => {
    openApp("/audit");
    await userEvent.click(await screen.findByTestId("audit-earlier"));
    expect(await screen.findByText("No earlier entries.")).toBeTruthy();
    expect(screen.getAllByTestId("audit-entry")).toHaveLength(3);
    expect(screen.getByText("System")).toBeTruthy();
  });

  it("is filtered by a store, and the filter is removed by its link", async () => {
    const { router } = openApp("/audit");
    await userEvent.selectOptions(
      await screen.findByTestId("audit-store"),
      await screen.findByText("Corner shop", { selector: "option" }),
    );
    await waitFor(() => expect(router.state.location.search).toEqual({ store: storeId }));
    await waitFor(() => expect(asked).toContain(`store_id=${storeId}`));
    await userEvent.click(await screen.findByRole("link", { name: /Store Corner shop.*remove filter/ }));
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });

  it("whose stores are unknown shows their ids", async () => {
    server.use(http.get(`${apiUrl}/admin/stores`, () => HttpResponse.error()));
    openApp("/audit");
    const [first] = await screen.findAllByTestId("audit-entry");
    expect(first?.textContent).toContain(storeId);
  });
});

describe("the export", () => {
  it("cannot be started twice, while it runs", async () => {
    openApp("/audit");
    await screen.findAllByTestId("audit-entry");
    server.use(http.get(`${apiUrl}/admin/audit`, () => delay("infinite")));
    await userEvent.click(screen.getByTestId("audit-export"));
    await waitFor(() => expect(screen.getByTestId("audit-export").textContent).toContain("Exporting…"));
    expect(screen.getByTestId("audit-export")).toHaveProperty("disabled", true);
  });

  it("that fails says why", async () => {
    openApp("/audit");
    await screen.findAllByTestId("audit-entry");
    server.use(http.get(`${apiUrl}/admin/audit`, () => HttpResponse.error()));
    await userEvent.click(screen.getByTestId("audit-export"));
    expect(
      (await screen.findAllByText("Cannot reach the server. Check your internet connection.")).length,
    ).toBeGreaterThan(0);
  });
});
