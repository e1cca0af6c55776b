export interface Change {
  name: string;
  /** As text; undefined where nothing was (is) set. */
  before: string | undefined;
  after: string | undefined;
}

type Members = Readonly<Record<string, unknown>> | null;

/** Members that the entry itself tells already: what it is about, where, and when. */
const told = new Set(["id", "store_id", "camera_id", "created_at"]);

/** What an action changed, member by member, sorted by name. Left out: what stayed, and what was and is not set. */
export function changesOf(before: Members, after: Members): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !told.has(name))
    .sort()
    .map((name) => ({ name, before: text(before, name), after: text(after, name) }))
    .filter((change) => change.before !== change.after);
}

function text(members: Members, name: string): string | undefined {
  if (members === null || !Object.hasOwn(members, name)) return undefined;
  const value = members[name];
  if (value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
