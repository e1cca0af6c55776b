import { describe, expect, it } from "vitest";
import { type Language, languages, preferredLanguage } from "./languages.ts";

const all = Object.keys(languages) as Language[];

describe("the language of the page", () => {
  it("is the one that the user chose", () => {
    expect(preferredLanguage(all, "it", ["de-DE", "en"])).toBe("it");
  });

  it("is else the first one of the browser that there is", () => {
    expect(preferredLanguage(all, "browser", ["pl", "de-AT", "fr"])).toBe("de");
    expect(preferredLanguage(all, "browser", ["FR-ch"])).toBe("fr");
  });

  it("is else English, also in an app without the chosen language", () => {
    expect(preferredLanguage(all, "browser", ["pl", "ja-JP"])).toBe("en");
    expect(preferredLanguage(all, "browser", [])).toBe("en");
    expect(preferredLanguage(["en"], "de", ["de"])).toBe("en");
  });
});
