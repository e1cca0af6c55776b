/*
 * ClientError         any error of a call to the API
 * ├── NetworkError    no response: network, DNS, CORS, server down
 * └── ApiProblem      an error response, as application/problem+json (RFC 9457)
 */

export class ClientError extends Error {}

export class NetworkError extends ClientError {
  constructor(cause: unknown) {
    super("Cannot reach the server. Check your internet connection.", { cause });
    this.name = "NetworkError";
  }
}

export interface FieldProblem {
  /** The location of the field in the request: `body.email`, `query.date`. */
  field: string;
  /** The stable type of the error: `string_too_long`. */
  code: string;
  /** An English sentence. */
  message: string;
  /** The numbers and names of the sentence. */
  params: Readonly<Record<string, string | number>>;
}

export class ApiProblem extends ClientError {
  readonly status: number;
  /** The stable `type` of the problem: `not_found`, `conflict`, `validation_error`. */
  readonly slug: string;
  readonly fields: readonly FieldProblem[];
  /** The members that only this kind of problem has, such as `current` of `precondition_failed`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    slug: string,
    message: string,
    fields: readonly FieldProblem[],
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "ApiProblem";
    this.status = status;
    this.slug = slug;
    this.fields = fields;
    this.members = members;
  }
}

const commonMembers = new Set(["type", "title", "status", "detail", "errors"]);

/** Parses the body of an error response. A body that is no problem document gives a problem with the status only. */
export function parseProblem(status: number, body: unknown): ApiProblem {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const type = text(fields.type) ?? "unknown";
  const title = text(fields.title) ?? `The server returned the status ${status}`;
  const detail = text(fields.detail);
  const problems = Array.isArray(fields.errors) ? fields.errors.map(parseFieldProblem) : [];
  const members = Object.fromEntries(Object.entries(fields).filter(([name]) => !commonMembers.has(name)));
  return new ApiProblem(status, type, withFullStop(detail ?? title), problems, members);
}

function parseFieldProblem(entry: unknown): FieldProblem {
  const fields = typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {};
  const location = fields.loc;
  return {
    field: Array.isArray(location) ? location.join(".") : "",
    code: text(fields.type) ?? "unknown",
    message: text(fields.message) ?? "invalid value",
    params: parseParams(fields.params),
  };
}

function parseParams(params: unknown): Record<string, string | number> {
  const entries = typeof params === "object" && params !== null ? Object.entries(params) : [];
  return Object.fromEntries(
    entries.filter(([, value]) => typeof value === "string" || typeof value === "number"),
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function withFullStop(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
