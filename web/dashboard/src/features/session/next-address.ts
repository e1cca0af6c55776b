/** Where to go after signing in: a path of this page only, never another site's address. */
export function parseNext(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("/") || /^\/[/\\]/.test(value)) return undefined;
  return value;
}
