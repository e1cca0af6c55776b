import { ApiProblem } from "@metrica/client/problem.ts";
import { describe, expect, it } from "vitest";
import { faultWords } from "./fault-words.ts";

const invalid = (...fields: { field: string; message: string }[]) =>
  new ApiProblem(422, "validation_error", "The request is not valid.", fields);

describe("what went wrong", () => {
  it("names each wrong field as the form does", () => {
    const fault = invalid(
      { field: "body.name", message: "too short" },
      { field: "body.capacity", message: "at least 1" },
    );
    expect(faultWords(fault)).toBe("name: too short; capacity: at least 1");
  });

  it("names no field when the whole of it is wrong", () => {
    expect(faultWords(invalid({ field: "body", message: "window_end must be after window_start" }))).toBe(
      "window_end must be after window_start",
    );
  });

  it("is the message of any other fault", () => {
    expect(faultWords(new ApiProblem(409, "conflict", "Archived.", []))).toBe("Archived.");
    expect(faultWords(new Error("No connection."))).toBe("No connection.");
  });
});
