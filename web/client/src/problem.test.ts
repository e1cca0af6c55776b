import { describe, expect, it } from "vitest";
import { parseProblem } from "./problem.ts";

describe("parseProblem", () => {
  it("has the detail as its message and the type as its slug", () => {
    const problem = parseProblem(404, {
      type: "not_found",
      title: "Not found",
      status: 404,
      detail: "There is nothing here",
    });
    expect(problem.message).toBe("There is nothing here.");
    expect([problem.status, problem.slug]).toEqual([404, "not_found"]);
  });

  it("lists the invalid fields", () => {
    const errors = [
      {
        loc: ["body", "occupancy"],
        type: "less_than_equal",
        message: "Must be at most 100000.",
        params: { le: 100_000, other: null },
      },
    ];
    expect(parseProblem(422, { type: "validation_error", title: "Not valid", errors }).fields).toEqual([
      {
        field: "body.occupancy",
        code: "less_than_equal",
        message: "Must be at most 100000.",
        params: { le: 100_000 },
      },
    ]);
  });

  it("falls back to the status when the body is no problem document", () => {
    expect(parseProblem(502, "<html>").message).toBe("The server returned the status 502.");
    expect(parseProblem(502, undefined).slug).toBe("unknown");
  });
});
