import { ApiProblem, NetworkError } from "@metrica/client/problem.ts";
import { describe, expect, it, vi } from "vitest";
import { placeApiErrors } from "./api-errors.ts";

interface Values {
  url: string;
  start: string;
  hours: string;
}

const fields = { url: "url", quiet_hours: "hours", "quiet_hours.start": "start" } as const;

function place(error: Error) {
  const setError = vi.fn();
  const rest = placeApiErrors<Values>(error, setError, fields);
  return { rest, placed: setError.mock.calls.map(([name, { message }]) => [name, message]) };
}

const invalid = (...locations: string[]) =>
  new ApiProblem(
    422,
    "validation_error",
    "Not valid.",
    locations.map((field) => ({ field, code: "invalid_value", message: `wrong ${field}`, params: {} })),
  );

describe("the errors of a request", () => {
  it("are placed at their fields; nothing is left for the form", () => {
    expect(place(invalid("body.url", "body.quiet_hours.start"))).toEqual({
      rest: null,
      placed: [
        ["url", "wrong body.url"],
        ["start", "wrong body.quiet_hours.start"],
      ],
    });
  });

  it("inside of an object without a field of their own are placed at the object", () => {
    expect(place(invalid("body.quiet_hours.end")).placed).toEqual([["hours", "wrong body.quiet_hours.end"]]);
  });

  it("without a field are left for the form", () => {
    const { rest, placed } = place(invalid("body", "body.url"));
    expect(placed).toEqual([["url", "wrong body.url"]]);
    expect(rest).toMatchObject({ message: "Not valid.", fields: [{ field: "body" }] });
    const network = new NetworkError(null);
    expect(place(network)).toEqual({ rest: network, placed: [] });
  });
});
