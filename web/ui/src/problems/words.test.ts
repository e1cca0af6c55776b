// @vitest-environment jsdom
import admin from "@metrica/client/openapi/admin.json";
import owner from "@metrica/client/openapi/owner.json";
import { ApiProblem } from "@metrica/client/problem.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { errorText, fieldText, loadProblemWords } from "../error-text.ts";
import type { Language } from "../language/languages.ts";
import { setUpLanguages } from "../testing/languages.ts";

const schemas = [admin.components.schemas, owner.components.schemas];

/** Every type that one of the two APIs can send. */
const problemTypes: string[] = [
  ...new Set(schemas.flatMap(({ ProblemDetails }) => ProblemDetails.properties.type.enum)),
];
const fieldTypes: string[] = [...new Set(schemas.flatMap(({ FieldErrorType }) => FieldErrorType.enum))];

/** The numbers and names of the sentences. */
const params = {
  ...{ ge: 1, gt: 1, le: 1000, lt: 1000, max_length: 120, min_length: 2, multiple_of: 15 },
  ...{ max_days: 90, min_seconds: 60, max_seconds: 60, min_fps: 4, reliable_fps: 8 },
  ...{ first: "mon 09:00–17:00", second: "mon 12:00–18:00", earliest: "2000-01-01", rule: "scheme" },
  timezone: "Europe/Nowhere",
};
const paramsOf: Readonly<Record<string, Record<string, string | number>>> = {
  out_of_range: { first: "2025-10-23", last: "2029-02-04" },
  year_out_of_range: { first: 2000, last: 2200 },
};

const english = "IN ENGLISH";
const field = (code: string, changes = {}) =>
  fieldText({
    field: "body.x",
    code,
    message: english,
    params: { ...params, ...paramsOf[code], ...changes },
  });
const problem = (type: string) => errorText(new ApiProblem(409, type, english, []));

const { missing, start } = setUpLanguages();

async function speak(language: Language) {
  await start(language);
  await loadProblemWords();
}

describe.each(["de", "es", "fr", "it"] as const)("in %s", (language) => {
  beforeEach(() => speak(language));

  it("every problem of the two APIs has a sentence", () => {
    expect(problemTypes.length).toBeGreaterThan(45);
    expect(problemTypes.filter((type) => problem(type).includes(english))).toEqual([]);
    expect(missing).toEqual([]);
  });

  it("every error of a field has a sentence", () => {
    expect(fieldTypes.length).toBeGreaterThan(75);
    expect(fieldTypes.filter((code) => field(code) === english)).toEqual([]);
    expect(missing).toEqual([]);
  });

  it("every rule of a URL has a sentence of its own", () => {
    const rules = ["characters", "syntax", "credentials", "fragment", "scheme", "host", "port"];
    expect(new Set(rules.map((rule) => field("webhook_url", { rule }))).size).toBe(rules.length);
  });
});

describe("a sentence in German", () => {
  beforeEach(() => speak("de"));

  it.each([
    ["string_too_long", {}, "Höchstens 120 Zeichen."],
    ["string_too_long", { max_length: 1 }, "Höchstens 1 Zeichen."],
    ["less_than_equal", { le: 100_000 }, "Geben Sie höchstens 100.000 ein."],
    ["out_of_range", {}, "Wählen Sie ein Datum vom 23.10.2025 bis zum 04.02.2029."],
    ["year_out_of_range", {}, "Wählen Sie ein Jahr von 2000 bis 2200."],
    [
      "overlapping_hours",
      {},
      "Montag 09:00–17:00 überschneidet sich mit Montag 12:00–18:00. Zeiten, die nicht später enden, als sie beginnen, gehen am nächsten Tag weiter: Ändern Sie eine der beiden.",
    ],
    ["overlapping_hours", { first: "09:00–17:00" }, /^09:00–17:00 überschneidet sich mit Montag/],
  ])("has its numbers, days and dates: %s", (code, changes, text) => {
    expect(field(code, changes)).toMatch(text);
  });

  it("is that of the API for a type, or a number of it, that the page does not know", () => {
    expect(field("too_many_reflections")).toBe(english);
    expect(field("less_than_equal", { le: "many" })).toBe(english);
    expect(problem("too_many_reflections")).toBe(`Der Server hat die Anfrage abgelehnt: ${english}`);
  });
});

describe("a sentence in English", () => {
  it("is that of the API, which says more", async () => {
    await speak("en");
    expect([field("less_than_equal"), problem("store_archived")]).toEqual([english, english]);
  });
});
