import { ApiProblem } from "@metrica/client/problem.ts";
import { errorText, fieldText } from "./error-text.ts";

/** Returns the message of an error. A validation error lists the invalid fields with their names. */
export function errorMessage(error: Error): string {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return errorText(error);
  return error.fields
    .map((problem) =>
      [problem.field.replace(/^body(\.|$)/, ""), fieldText(problem)].filter(Boolean).join(": "),
    )
    .join("; ");
}
