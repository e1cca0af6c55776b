import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { StoreSummary, Stores } from "@metrica/client/owner.ts";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useServices } from "#shared/services.ts";
import { storesOfTodayQuery, storesQuery } from "./api/get-stores.ts";
import { describeToday } from "./describe-today.ts";
import { StoreCard } from "./store-card.tsx";

// TanStack Table loads for users with several stores only.
const LeagueTable = lazy(() =>
  import("./league-table.tsx").then((module) => ({ default: module.LeagueTable })),
);

/** The stores of the user: a card for each, and a table that compares them. The user of one store gets straight to its page. */
export function StoresPage() {
  useDocumentTitle(t`My stores`);
  const { owner } = useServices();
  const stores = useQuery(storesQuery(owner));
  const today = useQuery(storesOfTodayQuery(owner));
  return (
    <>
      <h1 className="mb-6 font-semibold text-2xl tracking-tight sm:text-[28px]">
        <Trans>My stores</Trans>
      </h1>
      <LoadingPanel
        empty={
          <EmptyState title={t`No stores yet`}>
            <Trans>
              You are not an owner of a store. Ask your administrator to invite the email address of this
              account.
            </Trans>
          </EmptyState>
        }
        isEmpty={(data) => data.stores.length === 0}
        query={stores}
        skeleton={
          <div className="grid grid-cols-1 gap-4 sm:gap-5 md:grid-cols-2 min-[112.5rem]:grid-cols-3">
            <Skeleton className="h-52" />
            <Skeleton className="h-52" />
          </div>
        }
      >
        {(data) => {
          const [only] = data.stores;
          if (only !== undefined && data.stores.length === 1) return <OpenStore storeId={only.store_id} />;
          return (
            <div className="grid grid-cols-1 gap-4 sm:gap-5 md:grid-cols-2 min-[112.5rem]:grid-cols-3">
              {data.stores.map((store) => (
                <StoreCard comparison={comparisonOf(store, today)} key={store.store_id} store={store} />
              ))}
              {data.stores.length > 1 && (
                <Suspense fallback={<Skeleton className="h-64 col-span-full" />}>
                  <div className="col-span-full">
                    <LeagueTable asOf={data.as_of} stores={data.stores} />
                  </div>
                </Suspense>
              )}
            </div>
          );
        }}
      </LoadingPanel>
    </>
  );
}

/** Returns how the day of a store compares with last week; undefined while it loads. */
function comparisonOf(
  { store_id, timezone }: StoreSummary,
  { data, isError }: Pick<UseQueryResult<Stores>, "data" | "isError">,
): string | null | undefined {
  if (data === undefined) return isError ? t`The comparison with last week could not be loaded.` : undefined;
  const period = data.stores.find((each) => each.store_id === store_id)?.period ?? null;
  return period && describeToday(period, timezone);
}

/** Opens the only store, unless the user has followed a link to another page since. */
function OpenStore({ storeId }: { storeId: string }) {
  const router = useRouter();
  useEffect(() => {
    // While the code of another page loads, this page stays and the latest location is already the other one.
    if (router.latestLocation.pathname !== "/") return;
    void router.navigate({ to: "/stores/$storeId", params: { storeId }, replace: true });
  }, [router, storeId]);
  return null;
}
