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
