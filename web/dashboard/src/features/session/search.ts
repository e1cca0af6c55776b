import { type LinkType, linkTypes } from "@metrica/client/session.ts";

/** Returns the path to open after signing in; undefined for other sites, to prevent open redirects. */
export function parseNextPath(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("/") || /^\/[/\\]/.test(value)) return undefined;
  return value;
}

/** The search parameters of an email link. */
export interface LinkSearch {
  token_hash?: string;
  type: LinkType;
}

/** Parses the search parameters of an email link. The default type is an invitation. */
export function parseLinkSearch(search: Record<string, unknown>): LinkSearch {
  const type = linkTypes.find((known) => known === search.type) ?? "invite";
  const token = search.token_hash;
  return typeof token === "string" && token !== "" ? { token_hash: token, type } : { type };
}
