// @vitest-environment jsdom
import type { CameraWarning } from "@metrica/client/admin.ts";
import { setUpLanguages } from "@metrica/ui/testing/languages.ts";
import { describe, expect, it } from "vitest";
import { describeCameraWarning } from "./camera-warnings.ts";

const { start } = setUpLanguages((language) => import(`./locales/${language}.po`));

const facts = { fps: 5.5, reliable_fps: 8 };
const warning = (type: string, changes: Partial<CameraWarning> = {}) =>
  ({ type, message: "IN ENGLISH", facts, ...changes }) as CameraWarning;

describe("a warning of the API", () => {
  it.each([
    ["few_frames_set", /^5,5 Bilder\/s sind für eine Tür wenig.*mindestens 8\.$/],
    ["few_frames_reached", /^Die Edge-Box wertet 5,5 Bilder pro Sekunde aus\..* 8 Personen/],
  ])("%s is in the language of the page, with its numbers", async (type, text) => {
    await start("de");
    expect(describeCameraWarning(warning(type))).toMatch(text);
  });

  it("of a later version keeps the sentence of the API", () => {
    expect(describeCameraWarning(warning("many_reflections"))).toBe("IN ENGLISH");
    expect(describeCameraWarning(warning("few_frames_set", { facts: {} }))).toBe("IN ENGLISH");
  });
});
