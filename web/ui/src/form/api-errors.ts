import { ApiProblem } from "@metrica/client/problem.ts";
import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { fieldText } from "../error-text.ts";

/**
 * Shows the errors of a request at their fields, and focuses the first of them. Returns the error for the form as a whole; null
 * when every error has a field.
 *
 * @param fields The field of the form for each location in the request, without `body.`. A location inside of another one, such
 *   as `quiet_hours.start`, belongs to the field of the outer one unless it has its own.
 */
export function placeApiErrors<Values extends FieldValues>(
  error: Error,
  setError: UseFormSetError<Values>,
  fields: Readonly<Record<string, FieldPath<Values>>>,
): Error | null {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return error;
  const others = error.fields.filter((problem) => {
    const name = findField(problem.field.replace(/^(body|path|query)\./, ""), fields);
    if (name === undefined) return true;
    setError(name, { type: "api", message: fieldText(problem) }, { shouldFocus: true });
    return false;
  });
  return others.length === 0 ? null : new ApiProblem(error.status, error.slug, error.message, others);
}

function findField<Name extends string>(
  location: string,
  fields: Readonly<Record<string, Name>>,
): Name | undefined {
  const parts = location.split(".");
  for (let length = parts.length; length > 0; length--) {
    const name = fields[parts.slice(0, length).join(".")];
    if (name !== undefined) return name;
  }
  return undefined;
}
