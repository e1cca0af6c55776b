import { ApiProblem } from "@metrica/client/problem.ts";

/** What went wrong in one text; with several wrong fields, each by its name. */
export function faultWords(error: Error): string {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return error.message;
  return error.fields
    .map(({ field, message }) => [field.replace(/^body(\.|$)/, ""), message].filter(Boolean).join(": "))
    .join("; ");
}
