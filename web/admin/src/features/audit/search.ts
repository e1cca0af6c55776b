/** Which entries of the audit are shown; it stands in the address. What is left out does not narrow it. */
export interface AuditSearch {
  /** Ids. */
  store?: string;
  actor?: string;
  /** Like `store.create`. */
  action?: string;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const actionName = /^[a-z_]+\.[a-z_]+$/;

/** Reads an address; what cannot be read counts as not said. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  if (matches(search.store, id)) found.store = search.store;
  if (matches(search.actor, id)) found.actor = search.actor;
  if (matches(search.action, actionName)) found.action = search.action;
  return found;
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}
