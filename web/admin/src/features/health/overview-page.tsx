import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Health } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { currentLanguage } from "@metrica/ui/language/language.ts";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { ArchivedStores } from "#features/stores/archived-stores.tsx";
import { useOpenFromAddress } from "#shared/open-search.ts";
import { useServices } from "#shared/services.ts";
import { healthQuery } from "./api/get-health.ts";
import { type StoresSearch, selectStores } from "./search.ts";
import { StoreHealthCard } from "./store-health-card.tsx";
import { StoresToolbar } from "./stores-toolbar.tsx";
import { findNewestVersion } from "./versions.ts";

const NewStoreDialog = lazyDialog(() =>
  import("#features/stores/store-dialogs.tsx").then((module) => module.NewStoreDialog),
);

const route = getRouteApi("/_signed-in/");

/** All stores with the status of their cameras. Stores with offline cameras are first. */
export function OverviewPage() {
  useDocumentTitle(t`Stores and cameras`);
  const { admin } = useServices();
  const health = useQuery(healthQuery(admin));
  const [adding, setAdding] = useState(false);
  const search = route.useSearch();
  useOpenFromAddress("add-store", () => setAdding(true));

  return (
    <>
      <header className="mb-6 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">{t`Stores and cameras`}</h1>
          {health.data !== undefined && (
            <p className="mt-1 text-muted-foreground text-sm tabular-nums" data-testid="health-summary">
              {formatSummary(health.data)}
            </p>
          )}
        </div>
        <Button type="button" data-testid="add-store" onClick={() => setAdding(true)}>
          <Trans>Add store</Trans>
        </Button>
      </header>
      <LoadingPanel
        empty={
          <EmptyState title={t`No stores yet`}>
            <Trans>Add a store. The setup then leads to its first counted crossing.</Trans>
          </EmptyState>
        }
        isEmpty={(data) => data.stores.length === 0}
        query={health}
      >
        {(data) => (
          <div className="grid grid-cols-1 gap-4">
            <StoresToolbar search={search} />
            {data.time_zone_problems.map((problem) => (
              <p
                className="rounded-card border border-border bg-card p-4 text-sm"
                data-testid="time-zone-problem"
                key={problem.timezone}
                role="alert"
              >
                {describeTimeZoneProblem(problem)}
              </p>
            ))}
            <StoreCards health={data} search={search} />
          </div>
        )}
      </LoadingPanel>
      <ArchivedStores />
      {adding && <NewStoreDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function StoreCards({ health, search }: { health: Health; search: StoresSearch }) {
  const stores = selectStores(health.stores, search);
  const newestVersion = findNewestVersion(health);
  if (stores.length === 0)
    return (
      <EmptyState title={t`No store found`}>
        <Trans>Change the search or the filter. Archived stores are below the list.</Trans>
      </EmptyState>
    );
  return stores.map((store) => (
    <StoreHealthCard
      checkedAt={health.checked_at}
      key={store.store_id}
      newestVersion={newestVersion}
      store={store}
    />
  ));
}

/** Says that a time zone is not the same everywhere. The details, for who installs the services, are in English. */
function describeTimeZoneProblem({ timezone, detail }: Health["time_zone_problems"][number]): string {
  if (currentLanguage() === "en") return detail;
  return t`The time zone ${timezone} is unknown to a part of the installation, or differs: ${detail}`;
}

function formatSummary({ stores, summary }: Health): string {
  const { online, offline, never_seen } = summary;
  return [
    plural(stores.length, { one: "# store", other: "# stores" }),
    plural(online, { one: "# camera online", other: "# cameras online" }),
    plural(offline, { one: "# offline", other: "# offline" }),
    plural(never_seen, { one: "# not connected yet", other: "# not connected yet" }),
  ].join(" · ");
}
