import { describe, expect, it } from "vitest";
import { problemFrom } from "./problem.ts";

describe("a problem", () => {
  it("tells its detail as a sentence, and keeps its type to switch on", () => {
    const problem = problemFrom(404, {
      type: "not_found",
      title: "Not found",
      status: 404,
      detail: "There is nothing here",
    });
    expect(problem.message).toBe("There is nothing here.");
    expect([problem.status, problem.slug]).toEqual([404, "not_found"]);
  });

  it("says which fields are wrong, and where", () => {
    const errors = [
      { loc: ["body", "occupancy"], type: "less_than_equal", message: "Must be at most 100000." },
    ];
    expect(problemFrom(422, { type: "validation_error", title: "Not valid", errors }).fields).toEqual([
      { field: "body.occupancy", message: "Must be at most 100000." },
    ]);
  });

  it("is told by its status when the answer is no problem document", () => {
    expect(problemFrom(502, "<html>").message).toBe("The server answered 502.");
    expect(problemFrom(502, undefined).slug).toBe("unknown");
  });
});
