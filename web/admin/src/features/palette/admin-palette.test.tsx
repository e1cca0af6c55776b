// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { cameraId, healthAnswer, healthCamera, healthStore, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const otherStore = {
  ...healthStore(),
  store_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b0ff",
  name: "Café Zürich",
  cameras: [healthCamera({ camera_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b0fe", name: "Back door" })],
};

beforeAll(() => {
  Element.prototype.scrollIntoView = vi.fn(); // jsdom has no layout
});
beforeEach(() => {
  server.use(
    http.get(`${apiUrl}/admin/health`, () =>
      HttpResponse.json(healthAnswer({ stores: [healthStore(), otherStore] })),
    ),
    http.get(`${apiUrl}/admin/audit`, () => HttpResponse.json({ entries: [], next_before: null })),
  );
});
afterEach(() => localStorage.clear());

/** Opens a page, and the palette with its key. Returns the keyboard. */
async function openPalette(address: string, ready: string) {
  const { router } = openApp(address);
  await screen.findByTestId(ready);
  const user = userEvent.setup();
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByTestId("palette");
  await screen.findByRole("option", { name: otherStore.name });
  return { router, user };
}

/** The names of the commands of a group. */
function commandsOf(group: string): (string | null)[] {
  return within(screen.getByRole("group", { name: group }))
    .getAllByRole("option")
    .map((option) => option.textContent);
}

describe("the palette of the admin app", () => {
  it("finds a store without its accents, and opens it", async () => {
    const { router, user } = await openPalette("/", "add-store");
    await user.keyboard("cafe zur{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/stores/${otherStore.store_id}`));
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
  });

  it("finds a camera by its name and that of its store", async () => {
    const { router, user } = await openPalette("/audit", "audit-store");
    await user.keyboard("zurich back{Enter}");
    const { camera_id } = otherStore.cameras[0] ?? healthCamera();
    await waitFor(() => expect(router.state.location.pathname).toBe(`/cameras/${camera_id}`));
  });

  it("adds a store from any page, once", async () => {
    const { router, user } = await openPalette("/audit", "audit-store");
    await user.keyboard("add store{Enter}");
    expect(await screen.findByRole("dialog", { name: "Add store" })).toBeTruthy();
    await waitFor(() => expect(router.state.location.href).toBe("/"));
  });

  it("invites an owner: the field of the page of the store has the focus", async () => {
    const { router, user } = await openPalette(`/stores/${storeId}/setup`, "setup-details");
    await user.keyboard("invite{Enter}");
    await waitFor(() => expect(router.state.location.href).toBe(`/stores/${storeId}`));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("invite-email")));
  });

  it.each([
    ["add camera", "Add camera"],
    ["create worker", "Create worker key"],
    ["store settings", "Store settings"],
  ])("opens the form of the store of a camera: %s", async (text, title) => {
    const { user } = await openPalette(`/cameras/${cameraId}`, "edit-camera");
    await user.keyboard(`${text}{Enter}`);
    expect(await screen.findByRole("dialog", { name: title })).toBeTruthy();
  });

  it("begins with the camera and the store of the page", async () => {
    await openPalette(`/cameras/${cameraId}`, "edit-camera");
    const groups = screen
      .getAllByRole("group")
      .map((group) => within(group).queryAllByRole("option")[0]?.textContent);
    expect(groups[0]).toBe("Counting line, status and settings");
    expect(commandsOf(`Store ${healthStore().name}`)).toContain("Setup");
  });

  it("selects the first command, also when the stores arrive after it has opened", async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.get(`${apiUrl}/admin/health`, async () => {
        await asked;
        return HttpResponse.json(healthAnswer({ stores: [healthStore(), otherStore] }));
      }),
    );
    openApp(`/cameras/${cameraId}`);
    await screen.findByTestId("edit-camera");
    await userEvent.setup().keyboard("{Control>}k{/Control}");
    await screen.findByTestId("palette");
    answer();
    await screen.findByRole("option", { name: otherStore.name });
    const [first] = screen.getAllByRole("option");
    await waitFor(() => expect(first?.getAttribute("aria-selected")).toBe("true"));
  });

  it("has no commands of a store on a page of none", async () => {
    await openPalette("/audit", "audit-store");
    expect(commandsOf("Pages")).toContain("Audit log");
    expect(screen.queryByRole("option", { name: "Setup" })).toBeNull();
  });

  it("lists the stores with problems", async () => {
    const { router, user } = await openPalette("/audit", "audit-store");
    await user.keyboard("problems{Enter}");
    await waitFor(() => expect(router.state.location.href).toBe("/?show=problems"));
  });

  it("signs out", async () => {
    const signOut = vi.fn(async () => {});
    const { router } = openApp("/", { signOut });
    await screen.findByTestId("add-store");
    const user = userEvent.setup();
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByTestId("palette");
    await user.keyboard("sign out{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"));
    expect(signOut).toHaveBeenCalledOnce();
  });

  it("asks before it leaves a line that is not saved", async () => {
    const { router, user } = await openPalette(`/cameras/${cameraId}`, "edit-camera");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
    await user.click(screen.getByTestId("line-swap"));
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByTestId("palette");
    await user.keyboard("live test{Enter}");
    await screen.findByTestId("unsaved-changes");
    expect(router.state.location.pathname).toBe(`/cameras/${cameraId}`);
    expect(screen.queryByTestId("palette")).toBeNull();
  });
});
