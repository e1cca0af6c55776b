import { t } from "@lingui/core/macro";
import type { AuditEntry } from "@metrica/client/admin.ts";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { NativeSelect, NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { cn } from "@metrica/ui/lib/utils.ts";
import { Link, useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { AuditSearch } from "./search.ts";
import { actionName, actionNames } from "./words.ts";

interface AuditFiltersProps {
  search: AuditSearch;
  /** The shown entries. They have the email address of the user. */
  entries: readonly AuditEntry[];
  storeNames: ReadonlyMap<string, string>;
}

/** The filters by store and action, and the active filters, each with a link that removes it. */
export function AuditFilters({ search, entries, storeNames }: AuditFiltersProps) {
  const { store, actor, action } = search;
  const email = entries.find((entry) => entry.actor_id === actor)?.actor_email;
  const filters: [keyof AuditSearch, string][] = [];
  if (store !== undefined) {
    const name = storeNames.get(store) ?? store;
    filters.push(["store", t`Store ${name}`]);
  }
  if (actor !== undefined) {
    const user = email ?? actor;
    filters.push(["actor", t`User ${user}`]);
  }
  if (action !== undefined) {
    const name = actionName(action);
    filters.push(["action", t`Action ${name}`]);
  }
  return (
    <div className="mb-4 grid grid-cols-1 gap-3">
      <FilterSelects search={search} storeNames={storeNames} />
      {filters.length > 0 && <ActiveFilters filters={filters} search={search} />}
    </div>
  );
}

function FilterSelects({ search, storeNames }: Omit<AuditFiltersProps, "entries">) {
  const navigate = useNavigate();
  const change = (name: "store" | "action", value: string) =>
    void navigate({
      to: "/audit",
      search: value === "" ? withoutFilter(search, name) : { ...search, [name]: value },
    });
  return (
    <div className="flex flex-wrap gap-3">
      <div className="w-80 max-w-full">
        <NativeSelect
          aria-label={t`Store`}
          data-testid="audit-store"
          onChange={(event) => change("store", event.target.value)}
          title={storeNames.get(search.store ?? "") ?? t`All stores`}
          value={search.store ?? ""}
        >
          <NativeSelectOption value="">{t`All stores`}</NativeSelectOption>
          {[...storeNames].map(([id, name]) => (
            <NativeSelectOption key={id} value={id}>
              {name}
            </NativeSelectOption>
          ))}
        </NativeSelect>
      </div>
      <div className="w-80 max-w-full">
        <NativeSelect
          aria-label={t`Action`}
          data-testid="audit-action"
          onChange={(event) => change("action", event.target.value)}
          value={search.action ?? ""}
        >
          <NativeSelectOption value="">{t`All actions`}</NativeSelectOption>
          {Object.entries(actionNames()).map(([action, name]) => (
            <NativeSelectOption key={action} value={action}>
              {name}
            </NativeSelectOption>
          ))}
        </NativeSelect>
      </div>
    </div>
  );
}

interface ActiveFiltersProps {
  search: AuditSearch;
  filters: readonly (readonly [name: keyof AuditSearch, label: string])[];
}

function ActiveFilters({ search, filters }: ActiveFiltersProps) {
  return (
    <ul aria-label={t`Active filters`} className="flex flex-wrap gap-2">
      {filters.map(([name, label]) => (
        <li className="min-w-0 max-w-full" key={name}>
          <Link
            className={cn(
              buttonVariants({ variant: "outline", size: "sm" }),
              "h-auto min-h-8 max-w-full shrink whitespace-normal py-1",
            )}
            search={withoutFilter(search, name)}
            to="/audit"
          >
            <span className="wrap-anywhere min-w-0">{label}</span> <X />
            <span className="sr-only">{t`(remove filter)`}</span>
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
