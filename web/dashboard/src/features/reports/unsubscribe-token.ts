/** Returns the token in the fragment of the link in a report; null when it is missing or incomplete. */
export function parseUnsubscribeToken(fragment: string): string | null {
  const token = new URLSearchParams(fragment).get("token") ?? "";
  return /^un_[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}
