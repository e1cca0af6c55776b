import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "./config.ts";

const good = {
  apiUrl: "http://127.0.0.1:8400/",
  supabaseUrl: "https://auth.example.com",
  supabaseAnonKey: "anon",
  environment: "development",
};

function problemsOf(value: unknown): readonly string[] {
  try {
    parseConfig(value);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("the configuration of a page", () => {
  it("is read, addresses without their trailing slash", () => {
    expect(parseConfig(good)).toEqual({ ...good, apiUrl: "http://127.0.0.1:8400" });
  });

  it("is refused with every problem at once", () => {
    expect(problemsOf({ apiUrl: "ftp://x", supabaseUrl: " ", environment: "prod" })).toEqual([
      '"apiUrl" must be an http(s) address, not "ftp://x"',
      '"supabaseUrl" is missing or empty',
      '"supabaseAnonKey" is missing or empty',
      '"environment" must be one of development, test, production, not "prod"',
    ]);
  });

  it("must be an object", () => {
    for (const value of [null, [], "x", 3]) expect(problemsOf(value)).toHaveLength(1);
  });
});
