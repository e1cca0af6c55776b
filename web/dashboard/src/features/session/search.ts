import { type LinkType, linkTypes } from "@metrica/client/session/auth-service.ts";

/** Returns the path to open after signing in; undefined for other sites, to prevent open redirects. */
export function parseNextPath(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("/") || /^\/[/\\]/.test(value)) return undefined;
  return value;
}

/** The search parameters of the sign-in page. */
export interface SignInSearch {
  /** The path to open after signing in. */
  next?: string;
}

/** Parses the search parameters of the sign-in page. */
export function parseSignInSearch(search: Record<string, unknown>): SignInSearch {
  const next = parseNextPath(search.next);
  return next === undefined ? {} : { next };
}

/** The search parameters of an email link. */
export interface LinkSearch {
  token_hash?: string;
  type: LinkType;
  /** Why the sign-in service refused the link. */
  error_code?: string;
}

/** Parses the search parameters of an email link. The default type is an invitation. */
export function parseLinkSearch(search: Record<string, unknown>): LinkSearch {
  const type = linkTypes.find((known) => known === search.type) ?? "invite";
  const { token_hash, error_code } = search;
  return {
    type,
    ...(isText(token_hash) ? { token_hash } : {}),
    ...(isText(error_code) ? { error_code } : {}),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
