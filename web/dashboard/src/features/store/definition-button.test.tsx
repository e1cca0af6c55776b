// @vitest-environment jsdom
import { shortcutsPreference } from "@metrica/ui/preference.ts";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { openApp, setUpServer } from "#testing/render-app.tsx";

setUpServer();

/** Opens the page of a store, and returns the button of the visitors. */
async function openStore() {
  const app = openApp(`/stores/${storeId}`);
  return { ...app, user: userEvent.setup(), button: await screen.findByTestId("define-visitors") };
}

describe("how a number is counted", () => {
  it("opens under the mouse, stays while the mouse is on it, and closes behind it", async () => {
    const { user, button } = await openStore();
    await user.hover(button);
    await user.hover(await screen.findByTestId("definition"));
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(screen.getByTestId("definition").textContent).toMatch(/crossed a counting line on the way in/);
    await user.unhover(screen.getByTestId("definition"));
    await waitFor(() => expect(screen.queryByTestId("definition")).toBeNull());
  });

  it("opens with the focus, its link is next, and Escape closes it without moving the focus", async () => {
    const { user, button } = await openStore();
    for (let tabs = 0; document.activeElement !== button; tabs++) {
      expect(tabs).toBeLessThan(40);
      await user.tab();
    }
    await screen.findByTestId("definition");
    await user.tab();
    expect(document.activeElement?.textContent).toBe("How all numbers are counted");
    await user.tab({ shift: true });
    expect(document.activeElement).toBe(button);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("definition")).toBeNull());
    expect(document.activeElement).toBe(button);
  });

  it("opens with a tap until the next one", async () => {
    const { user, button } = await openStore();
    await user.pointer({ keys: "[TouchA]", target: button });
    await screen.findByTestId("definition");
    await user.pointer({ keys: "[TouchA]", target: button });
    await waitFor(() => expect(screen.queryByTestId("definition")).toBeNull());
  });

  it("leads to its definition on the help page", async () => {
    const { user, button, router } = await openStore();
    await user.click(button);
    await user.click(await screen.findByRole("link", { name: "How all numbers are counted" }));
    await screen.findByRole("heading", { name: "How the numbers are counted" });
    expect(router.state.location.href).toBe("/help#visitors");
    expect(document.getElementById("visitors")?.textContent).toMatch(/on the way in/);
  });

  it("is on the page that the key ? opens, unless keys are off or somebody types", async () => {
    const { user, router } = await openStore();
    shortcutsPreference.set("off");
    await user.keyboard("?");
    expect(router.state.location.pathname).toBe(`/stores/${storeId}`);
    shortcutsPreference.set("on");
    await user.keyboard("?");
    await screen.findByRole("heading", { name: "How the numbers are counted" });
    expect(screen.getByRole("region", { name: "Keys" }).textContent).toContain("Search stores");
  });

  it("is there for each number of the page", async () => {
    await openStore();
    const buttons = screen.getAllByRole("button", { name: /^How is this counted\?/ });
    expect(buttons.map((each) => each.getAttribute("data-testid")).sort()).toEqual([
      "define-balance",
      "define-dwell_s",
      "define-exits",
      "define-occupancy",
      "define-occupancy_average",
      "define-peak_hour",
      "define-visitors",
    ]);
  });
});
