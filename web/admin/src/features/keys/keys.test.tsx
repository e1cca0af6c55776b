// @vitest-environment jsdom
import { shortcutsPreference } from "@metrica/ui/preference.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cameraId, healthAnswer, healthStore } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();
beforeEach(() => {
  server.use(
    http.get(`${apiUrl}/admin/audit`, () => HttpResponse.json({ entries: [], next_before: null })),
    http.get(`${apiUrl}/admin/health`, () => HttpResponse.json(healthAnswer({ stores: [healthStore()] }))),
  );
});
afterEach(() => localStorage.clear());

describe("the keys of the admin app", () => {
  it("lead to the pages and to the search", async () => {
    const { router } = openApp("/");
    await screen.findByTestId("store-health");
    const user = userEvent.setup();
    await user.keyboard("/");
    expect(document.activeElement).toBe(screen.getByTestId("stores-search"));
    await user.keyboard("ga?/");
    expect(screen.getByTestId<HTMLInputElement>("stores-search").value).toBe("ga?/");
    expect(router.state.location.pathname).toBe("/");
    screen.getByTestId("add-store").focus();
    await user.keyboard("ga");
    await waitFor(() => expect(router.state.location.pathname).toBe("/audit"));
    await user.keyboard("gs");
    await waitFor(() => expect(router.state.location.href).toBe("/"));
  });

  it("are listed by ?, each of them", async () => {
    openApp("/");
    await screen.findByTestId("store-health");
    const user = userEvent.setup();
    await user.keyboard("?");
    const dialog = await screen.findByTestId("keys");
    const listed = within(dialog).getAllByRole("term");
    expect(listed.map((term) => term.textContent)).toEqual([
      ...["⌘ K, Ctrl K", "G S", "G A", "/", "?"],
      ...["← → ↑ ↓", "⌘ Z, Ctrl Z", "⌘ Y, Ctrl Y"],
    ]);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("keys")).toBeNull());
  });

  it("do not disturb those of the counting line", async () => {
    const { router } = openApp(`/cameras/${cameraId}`);
    const end = await screen.findByTestId("line-end-a");
    const before = screen.getByTestId("line-coordinates").textContent;
    end.focus();
    const user = userEvent.setup();
    await user.keyboard("{ArrowRight}{Shift>}{ArrowDown}{/Shift}");
    expect(screen.getByTestId("line-coordinates").textContent).not.toBe(before);
    await user.keyboard("{Control>}zz{/Control}");
    expect(screen.getByTestId("line-coordinates").textContent).toBe(before);
    await user.keyboard("{Control>}y{/Control}");
    expect(screen.getByTestId("line-coordinates").textContent).not.toBe(before);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(router.state.location.pathname).toBe(`/cameras/${cameraId}`);
  });

  it("are switched off in the settings", async () => {
    const { router } = openApp("/audit");
    await screen.findByTestId("audit-store");
    const user = userEvent.setup();
    await user.click(screen.getByTestId("settings"));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Keyboard shortcuts" }));
    expect(shortcutsPreference.get()).toBe("off");
    await user.keyboard("gs?{Control>}k{/Control}");
    expect(router.state.location.pathname).toBe("/audit");
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
