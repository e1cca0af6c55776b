import { t } from "@lingui/core/macro";
import type { AdminApi, AuditEntry } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { diffFields, formatChange } from "./field-changes.ts";
import type { AuditSearch } from "./search.ts";
import { actionName } from "./words.ts";

/** An export has at most this many entries, newest first. */
export const maxExported = 10_000;

/** Fetches the entries that match the filters, newest first, page by page. */
export async function fetchAuditEntries(
  admin: AdminApi,
  { store, actor, action }: AuditSearch,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let before: number | null = null;
  do {
    const page: { entries: AuditEntry[]; next_before: number | null } = await unwrap(
      admin.GET("/admin/audit", {
        params: {
          query: {
            limit: 200,
            ...(before === null ? {} : { before }),
            ...(store === undefined ? {} : { store_id: store }),
            ...(actor === undefined ? {} : { actor_id: actor }),
            ...(action === undefined ? {} : { action }),
          },
        },
      }),
    );
    entries.push(...page.entries);
    before = page.next_before;
  } while (before !== null && entries.length < maxExported);
  return entries.slice(0, maxExported);
}

/** Returns the entries as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function toCsv(entries: readonly AuditEntry[], storeNames: ReadonlyMap<string, string>): string {
  const columns = [
    t`Time (UTC)`,
    t`Action`,
    t`User`,
    t`Store`,
    t({ message: "Subject", context: "what an action was about" }),
    t`Changes`,
    t`Code`,
  ];
  const rows = entries.map((entry) => [
    entry.at,
    actionName(entry.action),
    entry.actor_email ?? entry.actor_id ?? t({ message: "System", context: "who did it" }),
    entry.store_id === null ? "" : (storeNames.get(entry.store_id) ?? entry.store_id),
    entry.subject_id ?? "",
    diffFields(entry.before, entry.after, "UTC")
      .map(({ name, before, after }) => `${name}: ${formatChange(before, after)}`)
      .join("; "),
    entry.action,
  ]);
  return [columns, ...rows].map((row) => `${row.map(toCell).join(",")}\r\n`).join("");
}

function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
