/** Returns the token in the fragment of a wall link; null when it is missing or incomplete. */
export function parseWallToken(fragment: string): string | null {
  const token = new URLSearchParams(fragment).get("token") ?? "";
  return /^wl_[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

/** Returns the address of the wall view of a store. The token is in the fragment, which browsers do not send. */
export function wallAddress(storeId: string, token: string): string {
  return `${location.origin}/stores/${storeId}/wall#token=${token}`;
}
