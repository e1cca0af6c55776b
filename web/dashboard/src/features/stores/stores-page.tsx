import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useServices } from "#shared/services.ts";
import { storesQuery } from "./api/get-stores.ts";
import { StoreCard } from "./store-card.tsx";

// TanStack Table loads for users with several stores only.
const LeagueTable = lazy(() =>
  import("./league-table.tsx").then((module) => ({ default: module.LeagueTable })),
);

/** The stores of the user: a card for each, and a table that compares several. */
export function StoresPage() {
  useDocumentTitle("My stores");
  const { owner } = useServices();
  const stores = useQuery(storesQuery(owner));
  return (
    <>
      <h1 className="mb-6 font-semibold text-2xl tracking-tight sm:text-[28px]">My stores</h1>
      <LoadingPanel
        empty={
          <EmptyState title="No stores yet">
            You are not an owner of a store. Ask your administrator to invite the email address of this
            account.
          </EmptyState>
        }
        isEmpty={(data) => data.stores.length === 0}
        query={stores}
        skeleton={
          <div className="grid grid-cols-1 gap-4 sm:gap-5 md:grid-cols-2">
            <Skeleton className="h-52" />
            <Skeleton className="h-52" />
          </div>
        }
      >
        {(data) => (
          <div className="grid grid-cols-1 gap-4 sm:gap-5 md:grid-cols-2">
            {data.stores.map((store) => (
              <StoreCard key={store.store_id} store={store} />
            ))}
            {data.stores.length > 1 && (
              <Suspense fallback={<Skeleton className="h-64 md:col-span-2" />}>
                <div className="md:col-span-2">
                  <LeagueTable asOf={data.as_of} stores={data.stores} />
                </div>
              </Suspense>
            )}
          </div>
        )}
      </LoadingPanel>
    </>
  );
}
