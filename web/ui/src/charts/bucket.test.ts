import { describe, expect, it } from "vitest";
import { type BucketState, trimClosed } from "./bucket.ts";

const bucket = (state: BucketState, value: number | null = null) => ({ state, value });

describe("trimClosed", () => {
  it("removes closed hours at both ends and keeps those in between", () => {
    const day = [
      bucket("closed", 0),
      bucket("value", 3),
      bucket("closed", 0),
      bucket("value", 2),
      bucket("closed", 0),
      bucket("closed"),
    ];
    expect(trimClosed(day)).toEqual(day.slice(1, 4));
  });

  it("keeps closed hours with visitors", () => {
    const day = [bucket("closed", 2), bucket("value", 3), bucket("closed", 0)];
    expect(trimClosed(day)).toEqual(day.slice(0, 2));
  });

  it("keeps a day that was closed throughout", () => {
    const day = [bucket("closed", 0), bucket("closed", 0)];
    expect(trimClosed(day)).toEqual(day);
  });

  it("keeps hours without data", () => {
    expect(trimClosed([bucket("closed"), bucket("no_data"), bucket("closed")])).toEqual([bucket("no_data")]);
  });
});
