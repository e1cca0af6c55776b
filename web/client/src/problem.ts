/*
 * ClientError          what a call to the API can throw
 * ├── Unreachable      no answer at all: network, DNS, CORS, server down
 * └── ApiProblem       an answer that says no, as application/problem+json (RFC 9457)
 */

export class ClientError extends Error {}

export class Unreachable extends ClientError {
  constructor(cause: unknown) {
    super("Metrica cannot be reached. Check the connection; this page tries again by itself.", { cause });
    this.name = "Unreachable";
  }
}

export interface FieldProblem {
  /** Where, as the API says it: `body.email`, `query.date`. */
  field: string;
  message: string;
}

export class ApiProblem extends ClientError {
  readonly status: number;
  /** The problem's type, stable: `not_found`, `conflict`, `validation_error`. */
  readonly slug: string;
  readonly fields: readonly FieldProblem[];

  constructor(status: number, slug: string, message: string, fields: readonly FieldProblem[]) {
    super(message);
    this.name = "ApiProblem";
    this.status = status;
    this.slug = slug;
    this.fields = fields;
  }
}

/** Reads the body of a failed answer. One that is no problem document (a proxy's page, say) is told by its status alone. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const type = text(fields.type) ?? "unknown";
  const title = text(fields.title) ?? `The server answered ${status}`;
  const detail = text(fields.detail);
  const list = Array.isArray(fields.errors) ? fields.errors.map(fieldProblem) : [];
  return new ApiProblem(status, type, sentence(detail ?? title), list);
}

function fieldProblem(entry: unknown): FieldProblem {
  const fields = typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {};
  const place = fields.loc;
  return {
    field: Array.isArray(place) ? place.join(".") : "",
    message: text(fields.message) ?? "not valid",
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
