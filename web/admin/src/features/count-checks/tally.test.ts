import { describe, expect, it } from "vitest";
import { countTaps, isTooLong, parseTally, type Tally, toCountCheck } from "./tally.ts";

const start = Date.parse("2026-11-25T09:00:00Z");
const minute = 60_000;
const at = (minutes: number, direction: "IN" | "OUT" = "IN") =>
  [start + minutes * minute, direction] as const;
const ended = (minutes: number, taps: Tally["taps"] = []) => ({ start, taps, end: start + minutes * minute });

describe("a tally", () => {
  it("survives being stored, and anything else is none", () => {
    const tally: Tally = { start, taps: [at(1), at(2, "OUT")], end: null };
    expect(parseTally(JSON.stringify(tally))).toEqual(tally);
    for (const text of [null, "", "x", "1", "null", "{}", '{"start":1,"taps":[[1,"UP"]],"end":null}'])
      expect(parseTally(text)).toBeNull();
    expect(parseTally('{"start":1,"taps":[],"end":"soon"}')).toBeNull();
  });

  it("counts each direction", () => {
    const tally = ended(5, [at(1), at(2, "OUT"), at(3)]);
    expect([countTaps(tally, "IN"), countTaps(tally, "OUT")]).toEqual([2, 1]);
  });

  it("is at most a day", () => {
    expect(isTooLong(ended(0), start + 24 * 60 * minute)).toBe(false);
    expect(isTooLong(ended(0), start + 24 * 60 * minute + 1)).toBe(true);
  });
});

describe("the count check of a tally", () => {
  it("has parts of five minutes; a tap on a boundary is in the later part", () => {
    const check = toCountCheck(ended(15, [at(0), at(4.99, "OUT"), at(5), at(14.9), at(15)]), " Ada ");
    expect(check).toEqual({
      window_start: "2026-11-25T09:00:00.000Z",
      window_end: "2026-11-25T09:15:00.000Z",
      manual_in: 4,
      manual_out: 1,
      note: "Ada",
      parts: [
        { end: "2026-11-25T09:05:00.000Z", manual_in: 1, manual_out: 1 },
        { end: "2026-11-25T09:10:00.000Z", manual_in: 1, manual_out: 0 },
        { end: "2026-11-25T09:15:00.000Z", manual_in: 2, manual_out: 0 },
      ],
    });
  });

  it.each([
    [1, 1],
    [7, 1],
    [8, 2],
    [17, 3],
    [8 * 60, 96],
    [8 * 60 + 10, 49],
    [24 * 60, 96],
  ])("of %s minutes has %s parts", (minutes, parts) => {
    const check = toCountCheck(ended(minutes, [at(minutes)]), "");
    expect(check.parts).toHaveLength(parts);
    expect(check.parts?.at(-1)).toEqual({ end: check.window_end, manual_in: 1, manual_out: 0 });
    expect(check.note).toBeNull();
  });
});
