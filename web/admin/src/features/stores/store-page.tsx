import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Store } from "@metrica/client/admin.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button, buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { formatTimeZone } from "@metrica/ui/format/time.ts";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useState } from "react";
import { OwnersPanel } from "#features/access/owners-panel.tsx";
import { WorkerKeysPanel } from "#features/access/worker-keys-panel.tsx";
import { CamerasPanel } from "#features/cameras/cameras-panel.tsx";
import { DescriptionList, IdLine } from "#shared/description-list.tsx";
import { useOpenFromAddress } from "#shared/open-search.ts";
import { useServices } from "#shared/services.ts";
import { storeQuery } from "./api/get-store.ts";
import { ArchivedStore, ArchiveStore } from "./archive-store.tsx";
import { countryName } from "./country.ts";
import { formatWeek, formatWeekday } from "./week.ts";

const EditStoreDialog = lazyDialog(() =>
  import("./store-dialogs.tsx").then((module) => module.EditStoreDialog),
);

const route = getRouteApi("/_signed-in/stores/$storeId");

/** The page of a store: settings, cameras, worker keys and owners. */
export function StorePage() {
  const { storeId } = route.useParams();
  const { admin } = useServices();
  const store = useQuery(storeQuery(admin, storeId));
  useDocumentTitle(store.data?.name ?? t`Store`);
  return (
    <LoadingPanel query={store}>
      {(data) => (
        <div className="grid grid-cols-1 gap-5">
          <header className="flex flex-wrap items-end justify-between gap-3">
            <div>
              <Link
                className="inline-flex items-center gap-1 rounded text-[13px] text-muted-foreground hover:text-foreground"
                to="/"
              >
                <ChevronLeft /> {t`Stores and cameras`}
              </Link>
              <h1
                className="mt-0.5 flex flex-wrap items-center gap-3 font-semibold text-2xl tracking-tight"
                data-testid="store-name"
              >
                {data.name}
                {data.archived_at !== null && (
                  <Badge variant="warning">{t({ message: "Archived", context: "a store" })}</Badge>
                )}
              </h1>
            </div>
            <div className="flex flex-wrap gap-2">
              {data.archived_at === null && (
                <Link
                  className={buttonVariants({ variant: "outline", size: "sm" })}
                  data-testid="store-setup"
                  params={{ storeId }}
                  to="/stores/$storeId/setup"
                >
                  <Trans>Setup</Trans>
                </Link>
              )}
              <Link
                className={buttonVariants({ variant: "outline", size: "sm" })}
                data-testid="store-audit"
                search={{ store: storeId }}
                to="/audit"
              >
                <Trans>Audit log</Trans>
              </Link>
            </div>
          </header>
          {data.archived_at !== null && <ArchivedStore since={data.archived_at} store={data} />}
          <SettingsPanel store={data} />
          <CamerasPanel archived={data.archived_at !== null} storeId={storeId} timezone={data.timezone} />
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            <WorkerKeysPanel
              archived={data.archived_at !== null}
              storeId={storeId}
              timezone={data.timezone}
            />
            <OwnersPanel archived={data.archived_at !== null} storeId={storeId} timezone={data.timezone} />
          </div>
          {data.archived_at === null && <ArchiveStore store={data} />}
        </div>
      )}
    </LoadingPanel>
  );
}

/** `Germany, BY: closed`, or `Not set`. */
function formatHolidays({ country, region, closed_on_holidays }: Store): string {
  if (country === null) return t`Not set`;
  const place = [countryName(country), region].filter((part) => part !== null).join(", ");
  return closed_on_holidays ? t`${place}: closed` : place;
}

function SettingsPanel({ store }: { store: Store }) {
  const [editing, setEditing] = useState(false);
  useOpenFromAddress("edit-store", () => setEditing(store.archived_at === null));
  return (
    <Panel
      aside={
        store.archived_at === null && (
          <Button
            type="button"
            variant="outline"
            data-testid="edit-store"
            onClick={() => setEditing(true)}
            size="sm"
          >
            <Trans>Edit</Trans>
          </Button>
        )
      }
      title={t`Settings`}
    >
      <DescriptionList
        entries={[
          [t`Time zone`, formatTimeZone(store.timezone)],
          [t`Opening hours`, formatWeek(store.opening_hours)],
          ...(store.opening_hours === null
            ? []
            : [
                [
                  t`Empty after closing`,
                  plural(store.closing_grace_minutes, {
                    one: "# minute after the last crossing",
                    other: "# minutes after the last crossing",
                  }),
                ] as const,
              ]),
          [t`Public holidays`, formatHolidays(store)],
          [t`Day starts at`, store.day_start],
          [t`Weeks begin on`, formatWeekday(store.first_weekday)],
          [
            t`Capacity`,
            store.capacity === null
              ? t`Not set`
              : plural(store.capacity, { one: "# person", other: "# people" }),
          ],
        ]}
      />
      <IdLine id={store.store_id} name={t`Store ID`} />
      {editing && <EditStoreDialog onClose={() => setEditing(false)} store={store} />}
    </Panel>
  );
}
