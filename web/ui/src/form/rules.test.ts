import { describe, expect, it } from "vitest";
import { emailText, numberText, requiredText } from "./rules.ts";

describe("numberText", () => {
  const people = numberText({ min: 0, max: 100_000, whole: true });

  it.each([
    ["0", 0],
    [" 19 ", 19],
    ["100000", 100_000],
  ])("reads %j", (text, value) => {
    expect(people.parse(text)).toBe(value);
  });

  it.each(["", "-1", "1.5", "100001", "many", "Infinity"])("rejects %j and says what to enter", (text) => {
    expect(people.safeParse(text).error?.issues[0]?.message).toBe("Enter a whole number from 0 to 100,000.");
  });

  it("reads a fraction where one is allowed", () => {
    expect(numberText({ min: 4, max: 60 }).parse("7.5")).toBe(7.5);
  });
});

describe("text", () => {
  it("is trimmed and must not be empty", () => {
    const name = requiredText("Enter a name.", 5);
    expect(name.parse("  Door ")).toBe("Door");
    expect(name.safeParse("   ").error?.issues[0]?.message).toBe("Enter a name.");
    expect(name.safeParse("Entrance").error?.issues[0]?.message).toBe("Use at most 5 characters.");
  });

  it("must look like an email address", () => {
    expect(emailText.parse(" owner@example.org ")).toBe("owner@example.org");
    expect(emailText.safeParse("owner@example").success).toBe(false);
  });
});
