// @vitest-environment jsdom
import type { CameraWarning } from "@metrica/client/admin.ts";
import { startLanguage } from "@metrica/ui/language/catalogues.ts";
import { languagePreference } from "@metrica/ui/language/language.ts";
import { afterEach, describe, expect, it } from "vitest";
import { describeCameraWarning } from "./camera-warnings.ts";

afterEach(async () => {
  localStorage.clear();
  await startLanguage(["en"]);
});

const facts = { fps: 5.5, reliable_fps: 8 };
const warning = (type: string, changes: Partial<CameraWarning> = {}) =>
  ({ type, message: "IN ENGLISH", facts, ...changes }) as CameraWarning;

describe("a warning of the API", () => {
  it.each([
    ["few_frames_set", /^5,5 Bilder\/s sind für eine Tür wenig.*mindestens 8\.$/],
    ["few_frames_reached", /^Die Edge-Box wertet 5,5 Bilder pro Sekunde aus\..* 8 Personen/],
  ])("%s is in the language of the page, with its numbers", async (type, text) => {
    languagePreference.set("de");
    await startLanguage(["de"], (loaded) => import(`./locales/${loaded}.po`));
    expect(describeCameraWarning(warning(type))).toMatch(text);
  });

  it("of a later version keeps the sentence of the API", () => {
    expect(describeCameraWarning(warning("many_reflections"))).toBe("IN ENGLISH");
    expect(describeCameraWarning(warning("few_frames_set", { facts: {} }))).toBe("IN ENGLISH");
  });
});
