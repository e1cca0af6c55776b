import type { AuditEntry } from "@metrica/client/admin.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { AuditSearch } from "./search.ts";

interface AuditFiltersProps {
  search: AuditSearch;
  /** The shown entries. They have the email address of the user. */
  entries: readonly AuditEntry[];
  storeNames: ReadonlyMap<string, string>;
}

/** The active filters, each with a link that removes it; nothing without filters. */
export function AuditFilters({ search, entries, storeNames }: AuditFiltersProps) {
  const { store, actor, action } = search;
  const email = entries.find((entry) => entry.actor_id === actor)?.actor_email;
  const filters: [keyof AuditSearch, string][] = [];
  if (store !== undefined) filters.push(["store", `Store ${storeNames.get(store) ?? store}`]);
  if (actor !== undefined) filters.push(["actor", `User ${email ?? actor}`]);
  if (action !== undefined) filters.push(["action", `Action ${action}`]);
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Active filters" className="mb-4 flex flex-wrap gap-2">
      {filters.map(([name, label]) => (
        <li key={name}>
          <Link
            className={buttonVariants({
              variant: "outline",
              size: "sm",
              className: "h-auto min-h-8 max-w-full shrink whitespace-normal py-1",
            })}
            search={withoutFilter(search, name)}
            to="/audit"
          >
            {label} <X />
            <span className="sr-only">(remove filter)</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function withoutFilter(search: AuditSearch, name: keyof AuditSearch): AuditSearch {
  const rest = { ...search };
  delete rest[name];
  return rest;
}
