import { describe, expect, it } from "vitest";
import { parseLinkSearch } from "./link-search.ts";
import { parseNext } from "./next-address.ts";
import { passwordProblems } from "./password.ts";

describe("where to go after signing in", () => {
  it("is a path of this page", () => {
    expect(parseNext("/stores/1?period=week")).toBe("/stores/1?period=week");
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "",
    undefined,
    3,
  ])("is never %j", (value) => {
    expect(parseNext(value)).toBeUndefined();
  });
});

describe("the link of a mail", () => {
  it("carries its token, and is an invitation unless it says otherwise", () => {
    expect(parseLinkSearch({ token_hash: "abc" })).toEqual({ token_hash: "abc", type: "invite" });
    expect(parseLinkSearch({ token_hash: "abc", type: "recovery" })).toEqual({
      token_hash: "abc",
      type: "recovery",
    });
  });

  it("may have been cut off", () => {
    expect(parseLinkSearch({ token_hash: "", type: "nonsense" })).toEqual({ type: "invite" });
  });
});

describe("a new password", () => {
  it("is long enough and typed twice the same", () => {
    expect(passwordProblems("correct horse", "correct horse")).toEqual({});
    expect(passwordProblems("short", "short").password).toMatch(/12/);
    expect(passwordProblems("correct horse", "correct house").again).toMatch(/same/);
  });
});
