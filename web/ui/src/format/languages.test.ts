import { afterEach, describe, expect, it } from "vitest";
import { i18n } from "../language/i18n.ts";
import { type Language, languages } from "../language/languages.ts";
import { formatDuration, formatRelativeTime } from "./duration.ts";
import { formatAverage, formatChange, formatCount, formatShare } from "./number.ts";
import { formatDateTime, formatDay, formatTime, formatWeekday } from "./time.ts";

afterEach(() => i18n.activate("en"));

async function use(language: Language) {
  i18n.load(language, (await import(`../locales/${language}.po`)).messages);
  i18n.activate(language, languages[language].locale);
}

/** Returns a text with plain spaces: the formats of numbers have narrow and protected ones. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}

describe("numbers", () => {
  it.each([
    ["en", "13,154", "22.4", "62%", "−4.3%"],
    ["de", "13.154", "22,4", "62 %", "−4,3 %"],
    ["es", "13.154", "22,4", "62 %", "−4,3 %"],
    ["fr", "13 154", "22,4", "62 %", "−4,3 %"],
    ["it", "13.154", "22,4", "62%", "−4,3%"],
  ] as const)("in %s are %s, %s, %s, %s", async (language, ...texts) => {
    await use(language);
    const formatted = [formatCount(13154), formatAverage(22.4), formatShare(0.62), formatChange(-0.043)];
    expect(formatted.map(plain)).toEqual(texts);
  });
});

describe("times", () => {
  it.each([
    ["en", "Sun 22 Nov", "22 Nov, 12:00", "Sun"],
    ["de", "So., 22. Nov.", "22. Nov., 12:00", "So"],
    ["es", "dom, 22 nov", "22 nov, 12:00", "dom"],
    ["fr", "dim. 22 nov.", "22 nov., 12:00", "dim."],
    ["it", "dom 22 nov", "22 nov, 12:00", "dom"],
  ] as const)(
    "in %s are in the order of the language, and in the time zone of the store",
    async (language, ...texts) => {
      await use(language);
      const at = "2026-11-21T23:00:00Z";
      const zone = "Pacific/Auckland";
      expect([formatDay(at, zone), formatDateTime(at, zone), formatWeekday(7)]).toEqual(texts);
      expect(formatTime("2026-11-22T02:20:30Z", zone)).toBe("15:20");
    },
  );

  it.each([
    ["en", "3 min ago", "3 days ago", "1 h 04 min"],
    ["de", "vor 3 min", "vor 3 Tagen", "1 h 04 min"],
    ["es", "hace 3 min", "hace 3 días", "1 h 04 min"],
    ["fr", "il y a 3 min", "il y a 3 jours", "1 h 04 min"],
    ["it", "3 min fa", "3 giorni fa", "1 h 04 min"],
  ] as const)("in %s have their distance", async (language, minutes, days, duration) => {
    await use(language);
    const now = Date.parse("2026-11-22T12:00:00Z");
    expect(formatRelativeTime("2026-11-22T11:57:00Z", now)).toBe(minutes);
    expect(formatRelativeTime("2026-11-19T12:00:00Z", now)).toBe(days);
    expect(formatDuration(3840)).toBe(duration);
  });
});
