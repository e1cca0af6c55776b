import { describe, expect, it } from "vitest";
import { type BucketState, withoutClosedEnds } from "./bucket.ts";

const of = (state: BucketState, value: number | null = null) => ({ state, value });

describe("closed hours", () => {
  it("are left out before opening and after closing, and kept in between", () => {
    const day = [
      of("closed", 0),
      of("value", 3),
      of("closed", 0),
      of("value", 2),
      of("closed", 0),
      of("closed"),
    ];
    expect(withoutClosedEnds(day)).toEqual(day.slice(1, 4));
  });

  it("stay when somebody came in all the same", () => {
    const day = [of("closed", 2), of("value", 3), of("closed", 0)];
    expect(withoutClosedEnds(day)).toEqual(day.slice(0, 2));
  });

  it("are all there is on a day that was closed throughout", () => {
    const day = [of("closed", 0), of("closed", 0)];
    expect(withoutClosedEnds(day)).toEqual(day);
  });

  it("do not take hours without data with them", () => {
    expect(withoutClosedEnds([of("closed"), of("no_data"), of("closed")])).toEqual([of("no_data")]);
  });
});
