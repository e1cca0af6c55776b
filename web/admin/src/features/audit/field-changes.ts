import { t } from "@lingui/core/macro";
import { currentLocale } from "@metrica/ui/language/language.ts";
import { fieldName, formatValue } from "./words.ts";

export interface FieldChange {
  /** The name of the field on the pages. */
  name: string;
  /** The value in words; undefined without a value. */
  before: string | undefined;
  after: string | undefined;
}

type Fields = Readonly<Record<string, unknown>> | null;

/** `9 → 12`, `9 → removed`; the value alone of a field that is new. */
export function formatChange(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return after ?? "";
  const next = after ?? t({ message: "removed", context: "a value" });
  return `${before} → ${next}`;
}

/** Fields that the entry shows elsewhere: the subject and the time. */
const omittedFields = new Set(["id", "store_id", "camera_id", "created_at"]);

/** Returns the fields that differ, sorted by name, with their values in words. */
export function diffFields(before: Fields, after: Fields, timeZone: string): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !omittedFields.has(name))
    .map((name) => ({
      name: fieldName(name),
      before: text(before, name, timeZone),
      after: text(after, name, timeZone),
    }))
    .filter((change) => change.before !== change.after)
    .sort((one, other) => one.name.localeCompare(other.name, currentLocale()));
}

function text(fields: Fields, name: string, timeZone: string): string | undefined {
  if (fields === null || !Object.hasOwn(fields, name)) return undefined;
  const value = fields[name];
  // A line and opening hours without a value have a meaning.
  if (value === null && name !== "line" && name !== "opening_hours") return undefined;
  return formatValue(name, value, timeZone);
}
