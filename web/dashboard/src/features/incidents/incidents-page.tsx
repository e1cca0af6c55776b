import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { SegmentedControl, segmentClass } from "@metrica/ui/segmented-control.tsx";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMyStore } from "#features/store-settings/my-store.ts";
import { useServices } from "#shared/services.ts";
import { incidentsQuery } from "./api/incidents.ts";
import { IncidentItem } from "./incident-item.tsx";

const route = getRouteApi("/_signed-in/stores/$storeId/settings/incidents");

/** The incidents of a store: what is wrong with its cameras, or was. */
export function IncidentsPage() {
  const { owner } = useServices();
  const { store_id, timezone } = useMyStore();
  const { show } = route.useSearch();
  const onlyOpen = show !== "all";
  const [pages, setPages] = useState(1);
  const incidents = useQuery(incidentsQuery(owner, store_id, onlyOpen, pages));
  return (
    <Panel
      aside={<Filter onlyOpen={onlyOpen} storeId={store_id} />}
      description={t`What is wrong with the cameras of this store, newest first`}
      title={t`Incidents`}
    >
      <LoadingPanel
        empty={
          onlyOpen ? (
            <EmptyState
              title={t`No open incidents`}
            >{t`No fault of a camera of this store is known.`}</EmptyState>
          ) : (
            <EmptyState
              title={t`No incidents`}
            >{t`Nothing was wrong with the cameras of this store.`}</EmptyState>
          )
        }
        isEmpty={(data) => data.incidents.length === 0}
        query={incidents}
      >
        {(data) => (
          <ul className="divide-y divide-border">
            {data.incidents.map((incident) => (
              <IncidentItem
                incident={incident}
                key={incident.incident_id}
                storeId={store_id}
                timezone={timezone}
              />
            ))}
          </ul>
        )}
      </LoadingPanel>
      {incidents.data?.hasMore === true && (
        <Button
          className="mt-5 w-full"
          disabled={incidents.isPlaceholderData}
          onClick={() => setPages(pages + 1)}
          type="button"
          variant="outline"
        >{t`Show older incidents`}</Button>
      )}
    </Panel>
  );
}

function Filter({ onlyOpen, storeId }: { onlyOpen: boolean; storeId: string }) {
  const link = {
    to: "/stores/$storeId/settings/incidents",
    params: { storeId },
    resetScroll: false,
  } as const;
  return (
    <SegmentedControl label={t`Shown incidents`}>
      <Link
        {...link}
        aria-current={onlyOpen ? "true" : undefined}
        className={segmentClass(onlyOpen)}
        search={{}}
      >{t`Open`}</Link>
      <Link
        {...link}
        aria-current={onlyOpen ? undefined : "true"}
        className={segmentClass(!onlyOpen)}
        search={{ show: "all" }}
      >{t`All`}</Link>
    </SegmentedControl>
  );
}
