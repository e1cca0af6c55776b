import { describe, expect, it } from "vitest";
import { parseLinkSearch } from "./link-search.ts";
import { newPassword } from "./password.ts";

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

describe("newPassword", () => {
  it("requires a minimum length and an equal confirmation", () => {
    const problems = (password: string, confirmation: string) =>
      newPassword
        .safeParse({ password, confirmation })
        .error?.issues.map(({ path, message }) => [path[0], message]);
    expect(problems("correct horse", "correct horse")).toBeUndefined();
    expect(problems("short", "short")).toEqual([["password", "Use at least 12 characters."]]);
    expect(problems("correct horse", "correct house")).toEqual([
      ["confirmation", "The passwords do not match."],
    ]);
  });
});
