import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "./config.ts";

const validConfig = {
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

describe("parseConfig", () => {
  it("removes trailing slashes of addresses", () => {
    expect(parseConfig(validConfig)).toEqual({ ...validConfig, apiUrl: "http://127.0.0.1:8400" });
  });

  it("reports every problem", () => {
    expect(problemsOf({ apiUrl: "ftp://x", supabaseUrl: " ", environment: "prod" })).toEqual([
      '"apiUrl" must be an http(s) address, not "ftp://x"',
      '"supabaseUrl" is missing or empty',
      '"supabaseAnonKey" is missing or empty',
      '"environment" must be one of development, test, production, not "prod"',
    ]);
  });

  it("requires an object", () => {
    for (const value of [null, [], "x", 3]) expect(problemsOf(value)).toHaveLength(1);
  });
});
