// @vitest-environment jsdom

import { startLanguage, switchLanguage } from "@metrica/ui/language/catalogues.ts";
import { languagePreference } from "@metrica/ui/language/languages.ts";
import { allLanguages } from "@metrica/ui/testing/languages.ts";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { me, storeId } from "#testing/fixtures.ts";
import { loadMessages, setUpAppLanguages } from "#testing/languages.ts";
import { apiUrl, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const { missing, openIn } = setUpAppLanguages();

describe("the choice of the language", () => {
  it("changes the open page, is remembered, and keeps the focus", async () => {
    server.use(http.get(`${apiUrl}/me`, () => HttpResponse.json(me)));
    await openIn("en", `/stores/${storeId}`);
    await screen.findByText("In the store now");
    await userEvent.click(screen.getByTestId("settings"));
    await userEvent.click(await screen.findByTestId("language-de"));
    expect(await screen.findByText("Jetzt im Geschäft")).toBeTruthy();
    expect(document.documentElement.lang).toBe("de");
    expect(languagePreference.get()).toBe("de");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("settings")));
    expect(missing).toEqual([]);
  });

  it("is on the sign-in page, too", async () => {
    await openIn("en", "/sign-in");
    const select = await screen.findByTestId("language");
    await userEvent.selectOptions(select, "fr");
    expect(await screen.findByRole("heading", { name: "Se connecter" })).toBeTruthy();
    expect(document.title).toBe("Se connecter · Metrica");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("language")));
  });

  it("changes nothing when a catalogue cannot be loaded", async () => {
    const load = vi.fn(loadMessages);
    languagePreference.set("en");
    await startLanguage(allLanguages, load);
    load.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await expect(switchLanguage("it")).rejects.toThrow("Failed to fetch");
    expect(document.documentElement.lang).toBe("en");
    expect(languagePreference.get()).toBe("en");
  });
});
