import { plural } from "@metrica/ui/format/number.ts";
import { shortDay } from "@metrica/ui/format/time.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useServices } from "#shared/services.ts";
import { storesQuery } from "./api/get-stores.ts";

/** The way to stores that are out of use; nothing while there are none. */
export function ArchivedStores() {
  const { admin } = useServices();
  const stores = useQuery(storesQuery(admin));
  const archived = stores.data?.stores.filter((store) => store.archived_at !== null) ?? [];
  if (archived.length === 0) return null;
  return (
    <details className="mt-6" data-testid="archived-stores">
      <summary className="w-fit rounded text-[13px] text-ink-soft hover:text-ink">
        {plural(archived.length, "archived store")}
      </summary>
      <ul className="mt-3 grid gap-2 text-sm">
        {archived.map((store) => (
          <li className="flex flex-wrap gap-x-3" key={store.store_id}>
            <Link
              className="rounded font-medium hover:text-accent-strong"
              params={{ storeId: store.store_id }}
              to="/stores/$storeId"
            >
              {store.name}
            </Link>
            {store.archived_at !== null && (
              <span className="text-ink-faint">since {shortDay(store.archived_at, store.timezone)}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
