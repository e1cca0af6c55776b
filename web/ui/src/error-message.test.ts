import { ApiProblem } from "@metrica/client/problem.ts";
import { describe, expect, it } from "vitest";
import { errorMessage } from "./error-message.ts";

const invalid = (...fields: { field: string; message: string }[]) =>
  new ApiProblem(
    422,
    "validation_error",
    "The request is not valid.",
    fields.map((field) => ({ ...field, code: "invalid_value", params: {} })),
  );

describe("errorMessage", () => {
  it("lists the invalid fields", () => {
    const error = invalid(
      { field: "body.name", message: "too short" },
      { field: "body.capacity", message: "at least 1" },
    );
    expect(errorMessage(error)).toBe("name: too short; capacity: at least 1");
  });

  it("omits the name when the whole body is invalid", () => {
    expect(errorMessage(invalid({ field: "body", message: "window_end must be after window_start" }))).toBe(
      "window_end must be after window_start",
    );
  });

  it("is the message of any other error", () => {
    expect(errorMessage(new ApiProblem(409, "conflict", "Archived.", []))).toBe("Archived.");
    expect(errorMessage(new Error("No connection."))).toBe("No connection.");
  });
});
