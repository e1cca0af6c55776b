// @vitest-environment jsdom
import type { Language } from "@metrica/ui/language/languages.ts";
import { setUpLanguages } from "@metrica/ui/testing/languages.ts";
import { describe, expect, it } from "vitest";
import { holidayName } from "./holiday-name.ts";

const { start } = setUpLanguages((language) => import(`../locales/${language}.po`));

async function nameIn(language: Language, name: string, names: Record<string, string>) {
  await start(language);
  return holidayName({ public_holiday: name, public_holiday_names: names });
}

describe("the name of a public holiday", () => {
  it("is that of the list of the country in the language of the page", async () => {
    const names = { en: "Immaculate Conception", it: "Immacolata Concezione di Maria" };
    expect(await nameIn("it", "Immacolata", names)).toBe("Immacolata Concezione di Maria");
    expect(await nameIn("en", "Immacolata", names)).toBe("Immaculate Conception");
  });

  it("is else a translation of the English name", async () => {
    const names = { en: "Immaculate Conception" };
    expect(await nameIn("de", "Immacolata", names)).toBe("Mariä Empfängnis");
    expect(await nameIn("fr", "Immacolata", names)).toBe("Immaculée Conception");
    expect(await nameIn("es", "Primero de Mayo", { en: "Labor Day; Ascension Day" })).toBe(
      "Día del Trabajo; Ascensión",
    );
  });

  it("is else the English name, and the only name without an English one", async () => {
    expect(await nameIn("de", "海の日", { en: "Marine Day" })).toBe("Marine Day");
    expect(await nameIn("de", "Santo patrono", {})).toBe("Santo patrono");
  });

  it("is null on other days", () => {
    expect(holidayName({ public_holiday: null, public_holiday_names: {} })).toBeNull();
  });
});
