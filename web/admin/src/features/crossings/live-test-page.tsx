import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { cameraQuery } from "#features/cameras/api/get-camera.ts";
import { CameraTroubles } from "#features/incidents/camera-troubles.tsx";
import { storeQuery } from "#features/stores/api/get-store.ts";
import { CameraStatusBadge } from "#shared/camera-badges.tsx";
import { DescriptionList } from "#shared/description-list.tsx";
import { useServices } from "#shared/services.ts";
import { crossingsQuery } from "./api/get-crossings.ts";
import { CrossingList } from "./crossing-list.tsx";
import { type CrossingFeed, formatDelay } from "./feed.ts";

const route = getRouteApi("/_signed-in/cameras/$cameraId/live");

/** The live test of a camera: its crossings as they come. */
export function LiveTestPage() {
  const { cameraId } = route.useParams();
  const { admin } = useServices();
  const camera = useQuery(cameraQuery(admin, cameraId));
  const name = camera.data?.name;
  useDocumentTitle(name === undefined ? t`Live test` : t`Live test of ${name}`);
  return <LoadingPanel query={camera}>{(data) => <LiveTest camera={data} />}</LoadingPanel>;
}

function LiveTest({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const store = useQuery(storeQuery(admin, camera.store_id));
  const feed = useQuery(crossingsQuery(admin, camera.camera_id));
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <Link
            className="inline-flex items-center gap-1 rounded text-[13px] text-muted-foreground hover:text-foreground"
            params={{ cameraId: camera.camera_id }}
            to="/cameras/$cameraId"
          >
            <ChevronLeft /> {camera.name}
          </Link>
          <h1 className="mt-0.5 font-semibold text-2xl tracking-tight">{t`Live test`}</h1>
        </div>
        <CameraStatusBadge status={camera.status} />
      </header>
      <CameraTroubles camera={camera} />
      <Panel
        description={t`Stand at the entrance and walk through: each crossing of the last hour is here a few seconds later. Test crossings count like all others.`}
        title={t`Crossings`}
      >
        <LoadingPanel
          empty={
            <EmptyState title={t`No crossings in the last hour`}>
              <Trans>
                Walk through the entrance, across the whole line. If nothing appears, check that the camera is
                online and that the line is where people walk.
              </Trans>
            </EmptyState>
          }
          isEmpty={(data) => data.crossings.length === 0}
          query={feed}
        >
          {(data) => (
            <div className="grid gap-5">
              <Summary feed={data} />
              <div>
                <CrossingList feed={data} timezone={store.data?.timezone ?? "UTC"} />
              </div>
            </div>
          )}
        </LoadingPanel>
      </Panel>
    </div>
  );
}

function Summary({ feed }: { feed: CrossingFeed }) {
  const ins = feed.crossings.filter(({ direction }) => direction === "IN").length;
  const delays = feed.crossings.map(({ delay_s }) => delay_s).sort((one, other) => one - other);
  const median = delays[Math.floor((delays.length - 1) / 2)] ?? 0;
  return (
    <DescriptionList
      entries={[
        [t`IN`, formatCount(ins)],
        [t`OUT`, formatCount(feed.crossings.length - ins)],
        [t`Median delay`, formatDelay(median)],
      ]}
    />
  );
}
