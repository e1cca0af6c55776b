import { describe, expect, it } from "vitest";
import { type BucketState, withoutClosed } from "./bucket.ts";

const bucket = (state: BucketState, value: number | null = null) => ({ state, value });

describe("withoutClosed", () => {
  it("removes closed hours at both ends and in between, and marks the hour after a break", () => {
    const day = [
      bucket("closed", 0),
      bucket("value", 3),
      bucket("closed", 0),
      bucket("value", 2),
      bucket("closed", 0),
      bucket("closed"),
    ];
    expect(withoutClosed(day)).toEqual([bucket("value", 3), { ...bucket("value", 2), afterClosed: true }]);
  });

  it("keeps closed hours with visitors", () => {
    const day = [bucket("closed", 2), bucket("value", 3), bucket("closed", 0)];
    expect(withoutClosed(day)).toEqual(day.slice(0, 2));
  });

  it("keeps a day that was closed throughout", () => {
    const day = [bucket("closed", 0), bucket("closed", 0)];
    expect(withoutClosed(day)).toEqual(day);
  });

  it("keeps hours without data", () => {
    expect(withoutClosed([bucket("closed"), bucket("no_data"), bucket("closed")])).toEqual([
      bucket("no_data"),
    ]);
  });
});
