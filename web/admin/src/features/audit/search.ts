/** The filters of the audit log, as search parameters. */
export interface AuditSearch {
  /** The id of a store. */
  store?: string;
  /** The id of a user. */
  actor?: string;
  /** The name of an action: `store.create`. */
  action?: string;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const actionPattern = /^[a-z_]+\.[a-z_]+$/;

/** Parses the search parameters. Invalid values are ignored. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const filters: AuditSearch = {};
  if (matches(search.store, uuidPattern)) filters.store = search.store;
  if (matches(search.actor, uuidPattern)) filters.actor = search.actor;
  if (matches(search.action, actionPattern)) filters.action = search.action;
  return filters;
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}
