import { describe, expect, it } from "vitest";
import { validatePassword } from "./password.ts";
import { parseLinkSearch, parseNextPath } from "./search.ts";

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

describe("parseLinkSearch", () => {
  it("returns the token and the type; the default type is an invitation", () => {
    expect(parseLinkSearch({ token_hash: "abc" })).toEqual({ token_hash: "abc", type: "invite" });
    expect(parseLinkSearch({ token_hash: "abc", type: "recovery" })).toEqual({
      token_hash: "abc",
      type: "recovery",
    });
  });

  it("accepts an incomplete link", () => {
    expect(parseLinkSearch({ token_hash: "", type: "nonsense" })).toEqual({ type: "invite" });
  });
});

describe("validatePassword", () => {
  it("requires a minimum length and an equal confirmation", () => {
    expect(validatePassword("correct horse", "correct horse")).toEqual({});
    expect(validatePassword("short", "short").password).toMatch(/12/);
    expect(validatePassword("correct horse", "correct house").confirmation).toMatch(/do not match/);
  });
});
