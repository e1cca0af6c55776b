import { type LinkType, linkTypes } from "@metrica/client/session/auth-service.ts";

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
