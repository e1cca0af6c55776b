// @vitest-environment jsdom
import { shortcutsPreference, themePreference } from "@metrica/ui/preference.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { liveAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { answerMe, myStore } from "#testing/settings-fixtures.ts";

setUpServer();

const otherStore = { ...myStore, store_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b0ff", name: "Café Zürich" };

beforeAll(() => {
  Element.prototype.scrollIntoView = vi.fn(); // jsdom has no layout
});
beforeEach(() => answerMe({ stores: [myStore, otherStore] }));

async function openStore() {
  const app = openApp(`/stores/${storeId}`);
  await screen.findByTestId("tile-visitors-value");
  return app;
}

/** Opens the palette with its key and returns the keyboard. */
async function openPalette() {
  const user = userEvent.setup();
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByTestId("palette");
  return user;
}

describe("the palette", () => {
  it("opens with the key and chooses a period with the keyboard only", async () => {
    const { router } = await openStore();
    const user = await openPalette();
    expect(document.activeElement).toBe(screen.getByRole("combobox", { name: "Search and commands" }));
    await user.keyboard("week{Enter}");
    await waitFor(() => expect(router.state.location.search).toEqual({ period: "week" }));
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
  });

  it("closes with Escape and with its key, and gives the focus back", async () => {
    await openStore();
    screen.getByTestId("settings").focus();
    const user = await openPalette();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
    expect(document.activeElement).toBe(screen.getByTestId("settings"));
    await user.keyboard("{Meta>}k{/Meta}");
    await screen.findByTestId("palette");
    await user.keyboard("{Meta>}k{/Meta}");
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
  });

  it("finds a store without its accents, and opens it", async () => {
    server.use(
      http.get(`${apiUrl}/live/:store`, ({ params }) =>
        HttpResponse.json(liveAnswer({ store_id: String(params.store), name: String(params.store) })),
      ),
    );
    const { router } = await openStore();
    const user = await openPalette();
    await user.keyboard("zurich{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/stores/${otherStore.store_id}`));
  });

  it("changes the comparison, opens the settings of the store and the help", async () => {
    server.use(
      http.get(`${apiUrl}/stores/:store/incidents`, () =>
        HttpResponse.json({ store_id: storeId, incidents: [], next_before: null }),
      ),
    );
    const { router } = await openStore();
    let user = await openPalette();
    await user.keyboard("last year{Enter}");
    await waitFor(() => expect(router.state.location.search).toEqual({ compare: "year" }));
    user = await openPalette();
    await user.keyboard("incidents{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/stores/${storeId}/settings/incidents`));
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
    user = await openPalette();
    await user.keyboard("help{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/help"));
  });

  it("changes the colours and marks the present ones", async () => {
    await openStore();
    const user = await openPalette();
    await user.keyboard("colours dark{Enter}");
    await waitFor(() => expect(themePreference.get()).toBe("dark"));
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
    await openPalette();
    const dark = await screen.findByRole("option", { name: /^Dark/ });
    expect(within(dark).getByLabelText("current")).toBeTruthy();
    await user.click(screen.getByRole("option", { name: /^Like the system/ }));
  });

  it("signs out", async () => {
    const signOut = vi.fn(async () => {});
    const { router } = openApp("/help", { signOut });
    await screen.findByRole("heading", { level: 1 });
    const user = await openPalette();
    await user.keyboard("sign out{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/sign-in"));
    expect(signOut).toHaveBeenCalledOnce();
  });

  it("has no periods on a page without a store", async () => {
    openApp("/help");
    await screen.findByRole("heading", { level: 1 });
    await openPalette();
    expect(screen.queryByRole("group", { name: "Period" })).toBeNull();
    expect(within(screen.getByRole("group", { name: "Stores" })).getAllByRole("option")).toHaveLength(2);
  });

  it("says so when nothing has the name", async () => {
    await openStore();
    const user = await openPalette();
    await user.keyboard("qqq");
    expect(screen.queryAllByRole("option")).toEqual([]);
    expect(screen.getByText("Nothing has this name.")).toBeTruthy();
  });
});

describe("the key of the palette", () => {
  it("does nothing in a text field", async () => {
    const user = userEvent.setup();
    await openStore();
    await user.click(screen.getByTestId("reset-open"));
    await user.click(await screen.findByTestId("reset-occupancy"));
    await user.keyboard("{Control>}k{/Control}");
    expect(screen.queryByTestId("palette")).toBeNull();
  });

  it("does nothing while the keys are switched off; the button opens the palette", async () => {
    const user = userEvent.setup();
    await openStore();
    shortcutsPreference.set("off");
    await user.keyboard("{Control>}k{/Control}");
    expect(screen.queryByTestId("palette")).toBeNull();
    await user.click(screen.getByTestId("palette-open"));
    await screen.findByTestId("palette");
  });
});
