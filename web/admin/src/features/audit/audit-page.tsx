import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Card } from "@metrica/ui/components/ui/card.tsx";
import { formatTimeZone } from "@metrica/ui/format/time.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { storesQuery } from "#features/stores/api/get-stores.ts";
import { useServices } from "#shared/services.ts";
import { auditQuery } from "./api/get-audit.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditItem, browserTimeZone } from "./audit-item.tsx";
import { ExportButton } from "./export-button.tsx";

const route = getRouteApi("/_signed-in/audit");

/** The audit log, newest first. */
export function AuditPage() {
  useDocumentTitle(t`Audit log`);
  const { admin } = useServices();
  const search = route.useSearch();
  const audit = useInfiniteQuery(auditQuery(admin, search));
  const stores = useQuery(storesQuery(admin));
  const storeNames = new Map(stores.data?.stores.map((store) => [store.store_id, store.name]));
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  const zone = formatTimeZone(browserTimeZone);
  return (
    <>
      <header className="mb-5 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="mb-1 font-semibold text-2xl tracking-tight">{t`Audit log`}</h1>
          <p className="text-muted-foreground text-sm">
            {t`Changes by people and the system. Times are in ${zone}.`}
          </p>
        </div>
        <ExportButton search={search} storeNames={storeNames} />
      </header>
      <AuditFilters entries={entries} search={search} storeNames={storeNames} />
      <LoadingPanel
        empty={<EmptyState title={t`No entries found`} />}
        isEmpty={(data) => data.pages[0]?.entries.length === 0}
        query={{ ...audit, isPlaceholderData: false }}
      >
        {() => (
          <Card className="divide-y divide-border">
            {entries.map((entry) => (
              <AuditItem entry={entry} key={entry.entry_id} search={search} storeNames={storeNames} />
            ))}
          </Card>
        )}
      </LoadingPanel>
      {audit.hasNextPage ? (
        <Button
          type="button"
          variant="outline"
          disabled={audit.isFetchingNextPage}
          className="mt-4"
          data-testid="audit-earlier"
          onClick={() => void audit.fetchNextPage()}
        >
          <Trans>Load earlier entries</Trans>
        </Button>
      ) : (
        entries.length > 0 && (
          <p className="mt-4 text-[13px] text-muted-foreground">{t`No earlier entries.`}</p>
        )
      )}
    </>
  );
}
