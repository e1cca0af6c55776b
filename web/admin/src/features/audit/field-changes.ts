export interface FieldChange {
  name: string;
  /** The value as text; undefined without a value. */
  before: string | undefined;
  after: string | undefined;
}

type Fields = Readonly<Record<string, unknown>> | null;

/** Fields that the entry shows elsewhere: the subject and the time. */
const omittedFields = new Set(["id", "store_id", "camera_id", "created_at"]);

/** Returns the fields that differ, sorted by name. */
export function diffFields(before: Fields, after: Fields): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !omittedFields.has(name))
    .sort()
    .map((name) => ({ name, before: text(before, name), after: text(after, name) }))
    .filter((change) => change.before !== change.after);
}

function text(fields: Fields, name: string): string | undefined {
  if (fields === null || !Object.hasOwn(fields, name)) return undefined;
  const value = fields[name];
  if (value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
