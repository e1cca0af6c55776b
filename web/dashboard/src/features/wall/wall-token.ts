/** Returns the token in the fragment of a wall link; null when it is missing or incomplete. */
export function parseWallToken(fragment: string): string | null {
  const token = new URLSearchParams(fragment).get("token") ?? "";
  return /^wl_[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}
