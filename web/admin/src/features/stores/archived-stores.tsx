import { plural } from "@lingui/core/macro";
import type { Store } from "@metrica/client/admin.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArchivedList } from "#shared/archived-list.tsx";
import { useServices } from "#shared/services.ts";
import { storesQuery } from "./api/get-stores.ts";

/** The collapsed list of archived stores. */
export function ArchivedStores() {
  const { admin } = useServices();
  const stores = useQuery(storesQuery(admin));
  const entries = (stores.data?.stores ?? []).flatMap((store) =>
    store.archived_at === null
      ? []
      : [
          {
            id: store.store_id,
            link: <StoreLink store={store} />,
            since: store.archived_at,
            timezone: store.timezone,
          },
        ],
  );
  return (
    <ArchivedList
      className="mt-6"
      entries={entries}
      summary={plural(entries.length, { one: "# archived store", other: "# archived stores" })}
      testId="archived-stores"
    />
  );
}

function StoreLink({ store }: { store: Store }) {
  return (
    <Link
      className="rounded font-medium hover:text-accent-foreground"
      params={{ storeId: store.store_id }}
      to="/stores/$storeId"
    >
      {store.name}
    </Link>
  );
}
