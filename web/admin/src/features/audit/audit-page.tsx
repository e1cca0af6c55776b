import { Button } from "@metrica/ui/button.tsx";
import { Card } from "@metrica/ui/card.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { storesQuery } from "#features/stores/api/get-stores.ts";
import { useServices } from "#shared/services.ts";
import { auditQuery } from "./api/get-audit.ts";
import { AuditItem, here } from "./audit-item.tsx";
import { AuditFilters } from "./filters.tsx";

const route = getRouteApi("/_signed-in/audit");

/** What superadmins did, newest first. */
export function AuditPage() {
  useTitle("Audit");
  const { admin } = useServices();
  const search = route.useSearch();
  const audit = useInfiniteQuery(auditQuery(admin, search));
  const stores = useQuery(storesQuery(admin));
  const names = new Map(stores.data?.stores.map((store) => [store.store_id, store.name]));
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <h1 className="mb-1 font-semibold text-2xl tracking-tight">Audit</h1>
      <p className="mb-5 text-ink-soft text-sm">
        What was changed, by whom; times of {here.replaceAll("_", " ")}
      </p>
      <AuditFilters entries={entries} search={search} storeNames={names} />
      <LoadingPanel
        empty={<EmptyState title="There is no such entry" />}
        isEmpty={(data) => data.pages[0]?.entries.length === 0}
        query={{ ...audit, isPlaceholderData: false }}
      >
        {() => (
          <Card className="divide-y divide-line">
            {entries.map((entry) => (
              <AuditItem entry={entry} key={entry.entry_id} search={search} storeNames={names} />
            ))}
          </Card>
        )}
      </LoadingPanel>
      {audit.hasNextPage ? (
        <Button
          busy={audit.isFetchingNextPage}
          className="mt-4"
          data-testid="audit-earlier"
          onClick={() => void audit.fetchNextPage()}
        >
          Earlier
        </Button>
      ) : (
        entries.length > 0 && <p className="mt-4 text-[13px] text-ink-faint">This is the oldest entry.</p>
      )}
    </>
  );
}
