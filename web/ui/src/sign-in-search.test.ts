import { describe, expect, it } from "vitest";
import { parseNextPath } from "./sign-in-search.ts";

describe("parseNextPath", () => {
  it("accepts a path of this site", () => {
    expect(parseNextPath("/stores/1?period=week")).toBe("/stores/1?period=week");
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "",
    undefined,
    3,
  ])("rejects %j", (value) => {
    expect(parseNextPath(value)).toBeUndefined();
  });
});
