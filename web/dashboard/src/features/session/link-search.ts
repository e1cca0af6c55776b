import { type LinkType, linkTypes } from "@metrica/client/session.ts";

export interface LinkSearch {
  token_hash?: string;
  type: LinkType;
}

/** Reads the address of a mail's link; without a type it is an invitation. */
export function parseLinkSearch(search: Record<string, unknown>): LinkSearch {
  const type = linkTypes.find((known) => known === search.type) ?? "invite";
  const token = search.token_hash;
  return typeof token === "string" && token !== "" ? { token_hash: token, type } : { type };
}
