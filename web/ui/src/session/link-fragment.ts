import { type LinkType, linkTypes } from "@metrica/client/session/auth-service.ts";
import { writePendingLink } from "./pending-link.ts";

/** What the sign-in service adds to the address of a page after it has verified a link. */
export type LinkFragment =
  | { refreshToken: string; type: LinkType }
  | { refreshToken: null; errorCode: string };

/**
 * Parses the fragment of an address; null when it is not one of the sign-in service. A type of link without a password to choose
 * is a `magiclink`.
 */
export function parseLinkFragment(hash: string): LinkFragment | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const error = fields.get("error_code") ?? fields.get("error");
  if (error !== null) return { refreshToken: null, errorCode: error };
  if (!fields.has("access_token")) return null;
  const refreshToken = fields.get("refresh_token");
  if (refreshToken === null || refreshToken === "") return { refreshToken: null, errorCode: "incomplete" };
  const type = linkTypes.find((known) => known === fields.get("type")) ?? "magiclink";
  return { refreshToken, type };
}

/**
 * Takes the tokens of a link out of the address, also out of the history, before anything else can read them, and goes to
 * `/welcome`. The stock mails of Supabase have such links. The service goes to its default page, often `/`, when it does not know the page.
 */
export function takeLinkFragment(): void {
  const found = parseLinkFragment(window.location.hash);
  if (found === null) return;
  if (found.refreshToken === null) {
    const search = new URLSearchParams({ error_code: found.errorCode });
    window.history.replaceState(null, "", `/welcome?${search}`);
  } else {
    writePendingLink({ step: "accept", type: found.type, refreshToken: found.refreshToken });
    window.history.replaceState(null, "", "/welcome");
  }
}
