// @vitest-environment jsdom
import { languagePreference } from "@metrica/ui/language/languages.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { setUpAppLanguages } from "#testing/languages.ts";
import { setUpServer } from "#testing/render-app.tsx";

setUpServer();

const { openIn } = setUpAppLanguages();

describe("the choice of the language", () => {
  it.each([
    ["de", "Geschäfte und Kameras"],
    ["es", "Tiendas y cámaras"],
    ["fr", "Magasins et caméras"],
    ["it", "Negozi e telecamere"],
  ] as const)("is in the menu of the settings: %s", async (language, title) => {
    await openIn("en", "/");
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Stores and cameras");
    await userEvent.click(screen.getByTestId("settings"));
    await userEvent.click(await screen.findByTestId(`language-${language}`));
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(title));
    expect(languagePreference.get()).toBe(language);
    expect(document.title).toContain(title);
    cleanup();
  });

  it("is on the sign-in page, too", async () => {
    await openIn("en", "/sign-in");
    await userEvent.selectOptions(await screen.findByTestId("language"), "de");
    expect(await screen.findByRole("heading", { name: "Anmelden" })).toBeTruthy();
  });
});
