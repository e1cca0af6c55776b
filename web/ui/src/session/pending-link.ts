import { type LinkType, linkTypes } from "@metrica/client/session/auth-service.ts";

/**
 * How far the user of this tab is with the link of a mail. It outlives a reload.
 *
 * - `accept`: the sign-in service has verified the link; the user has not accepted it.
 * - `password`: the user is signed in and has not chosen a password.
 */
export type PendingLink =
  | { step: "accept"; type: LinkType; refreshToken: string }
  | { step: "password"; email: string };

const key = "metrica-link";

export function writePendingLink(link: PendingLink): void {
  sessionStorage.setItem(key, JSON.stringify(link));
}

export function removePendingLink(): void {
  sessionStorage.removeItem(key);
}

/** Returns the link of this tab; null without one. */
export function readPendingLink(): PendingLink | null {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { step, type, refreshToken, email } = value as Record<string, unknown>;
  if (step === "password" && typeof email === "string") return { step, email };
  const known = linkTypes.find((each) => each === type);
  if (step === "accept" && known !== undefined && typeof refreshToken === "string")
    return { step, type: known, refreshToken };
  return null;
}
