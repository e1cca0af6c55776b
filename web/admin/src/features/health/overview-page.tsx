import type { Health } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { plural } from "@metrica/ui/format/number.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ArchivedStores } from "#features/stores/archived-stores.tsx";
import { StoreForm } from "#features/stores/store-form.tsx";
import { useServices } from "#shared/services.ts";
import { healthQuery } from "./api/get-health.ts";
import { StoreHealthCard } from "./store-health-card.tsx";

/** Every store with its cameras and how they are: what is offline stands first. */
export function OverviewPage() {
  useTitle("Stores and cameras");
  const { admin } = useServices();
  const health = useQuery(healthQuery(admin));
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();

  return (
    <>
      <header className="mb-6 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Stores and cameras</h1>
          {health.data !== undefined && (
            <p className="mt-1 text-ink-soft text-sm tabular-nums" data-testid="health-summary">
              {summaryWords(health.data)}
            </p>
          )}
        </div>
        <Button data-testid="add-store" look="primary" onClick={() => setAdding(true)}>
          Add a store
        </Button>
      </header>
      <LoadingPanel
        empty={
          <EmptyState title="No store yet">
            Add the first one; then its cameras, a worker key, and its owner.
          </EmptyState>
        }
        isEmpty={(data) => data.stores.length === 0}
        query={health}
      >
        {(data) => (
          <div className="grid grid-cols-1 gap-4">
            {data.stores.map((store) => (
              <StoreHealthCard checkedAt={data.checked_at} key={store.store_id} store={store} />
            ))}
          </div>
        )}
      </LoadingPanel>
      <ArchivedStores />
      <Dialog onClose={() => setAdding(false)} open={adding} title="Add a store">
        <StoreForm
          onCancel={() => setAdding(false)}
          onSaved={(store) => {
            setAdding(false);
            void navigate({ to: "/stores/$storeId", params: { storeId: store.store_id } });
          }}
          store={null}
        />
      </Dialog>
    </>
  );
}

function summaryWords({ stores, summary }: Health): string {
  const { online, offline, never_seen } = summary;
  return [
    plural(stores.length, "store"),
    `${plural(online, "camera")} online`,
    `${offline} offline`,
    `${never_seen} never seen`,
  ].join(" · ");
}
