import type { AuditEntry } from "@metrica/client/admin.ts";
import { buttonClass } from "@metrica/ui/button.tsx";
import { Icon } from "@metrica/ui/icon.tsx";
import { Link } from "@tanstack/react-router";
import type { AuditSearch } from "./search.ts";

interface AuditFiltersProps {
  search: AuditSearch;
  /** What is shown: the name of a person is known from there. */
  entries: readonly AuditEntry[];
  storeNames: ReadonlyMap<string, string>;
}

/** What the audit is narrowed to, each part with a way to take it back; nothing while it is not narrowed. */
export function AuditFilters({ search, entries, storeNames }: AuditFiltersProps) {
  const { store, actor, action } = search;
  const email = entries.find((entry) => entry.actor_id === actor)?.actor_email;
  const parts: [keyof AuditSearch, string][] = [];
  if (store !== undefined) parts.push(["store", `Store ${storeNames.get(store) ?? store}`]);
  if (actor !== undefined) parts.push(["actor", `By ${email ?? actor}`]);
  if (action !== undefined) parts.push(["action", action]);
  if (parts.length === 0) return null;
  return (
    <ul aria-label="Only these entries" className="mb-4 flex flex-wrap gap-2">
      {parts.map(([name, words]) => (
        <li key={name}>
          <Link className={buttonClass("quiet", "small")} search={without(search, name)} to="/audit">
            {words} <Icon name="close" />
            <span className="sr-only">: show all again</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function without(search: AuditSearch, name: keyof AuditSearch): AuditSearch {
  const rest = { ...search };
  delete rest[name];
  return rest;
}
