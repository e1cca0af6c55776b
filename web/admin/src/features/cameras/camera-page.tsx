import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button, buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { formatDuration, formatRelativeTime, formatSeconds } from "@metrica/ui/format/duration.ts";
import { formatCount, formatSetting } from "@metrica/ui/format/number.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useState } from "react";
import { CountChecksPanel } from "#features/count-checks/count-checks-panel.tsx";
import { LinePanel } from "#features/line/line-panel.tsx";
import { storeQuery } from "#features/stores/api/get-store.ts";
import { CameraStatusBadge, OriginBadge } from "#shared/camera-badges.tsx";
import { DescriptionList, IdLine } from "#shared/description-list.tsx";
import { useServices } from "#shared/services.ts";
import { yesOrNo } from "#shared/yes-or-no.ts";
import { AcceptInstance } from "./accept-instance.tsx";
import { AcceptView, hasChangedView } from "./accept-view.tsx";
import { cameraQuery } from "./api/get-camera.ts";
import { useSnapshotUrl } from "./api/snapshot.ts";
import { ArchiveCamera } from "./archive-camera.tsx";
import { EditCameraForm } from "./camera-form.tsx";
import { ConnectNotice } from "./connect-notice.tsx";
import { anchorName, formatSnapshotInterval } from "./format-settings.ts";
import { SnapshotControls } from "./snapshot-controls.tsx";

const route = getRouteApi("/_signed-in/cameras/$cameraId");

/** The page of a camera: the counting line, the status, the count checks and the settings. */
export function CameraPage() {
  const { cameraId } = route.useParams();
  const { admin } = useServices();
  const camera = useQuery(cameraQuery(admin, cameraId));
  useDocumentTitle(camera.data?.name ?? t`Camera`);
  return <LoadingPanel query={camera}>{(data) => <CameraView camera={data} key={cameraId} />}</LoadingPanel>;
}

function CameraView({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const store = useQuery(storeQuery(admin, camera.store_id));
  const snapshotUrl = useSnapshotUrl(admin, camera);
  const timezone = store.data?.timezone ?? "UTC";
  const archived = camera.archived_at !== null;
  const archivedOn = camera.archived_at === null ? "" : formatDateTime(camera.archived_at, timezone);
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <Link
            className="inline-flex items-center gap-1 rounded text-[13px] text-muted-foreground hover:text-foreground"
            params={{ storeId: camera.store_id }}
            to="/stores/$storeId"
          >
            <ChevronLeft /> {store.data?.name ?? t`Store`}
          </Link>
          <h1 className="mt-0.5 font-semibold text-2xl tracking-tight" data-testid="camera-name">
            {camera.name}
          </h1>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {!archived && (
            <Link
              className={buttonVariants({ variant: "outline", size: "sm" })}
              data-testid="live-test"
              params={{ cameraId: camera.camera_id }}
              to="/cameras/$cameraId/live"
            >
              <Trans>Live test</Trans>
            </Link>
          )}
          <OriginBadge origin={camera.origin} />
          {archived ? (
            <Badge variant="warning">{t({ message: "Archived", context: "a camera" })}</Badge>
          ) : (
            <CameraStatusBadge status={camera.status} />
          )}
        </div>
      </header>
      {camera.archived_at !== null && (
        <Alert data-testid="archived-camera" variant="warning">
          <AlertDescription>
            {t`Archived on ${archivedOn}. This camera no longer counts and cannot be changed. The history of the store keeps its crossings.`}
          </AlertDescription>
        </Alert>
      )}
      {!archived && camera.rejected_instance_id !== null && <AcceptInstance camera={camera} />}
      {!archived && hasChangedView(camera) && <AcceptView camera={camera} />}
      {!archived && (
        <LinePanel
          camera={camera}
          controls={<SnapshotControls camera={camera} timezone={timezone} />}
          snapshotUrl={snapshotUrl}
        />
      )}
      {camera.last_seen_at === null && !archived && <ConnectNotice camera={camera} />}
      <StatusPanel camera={camera} />
      {store.data !== undefined && <CountChecksPanel camera={camera} timezone={store.data.timezone} />}
      <SettingsPanel camera={camera} />
      {!archived && <ArchiveCamera camera={camera} />}
    </div>
  );
}

function countCrossings(count: number): string {
  return plural(count, { one: "# crossing", other: "# crossings" });
}

function StatusPanel({ camera }: { camera: Camera }) {
  const now = useNow();
  return (
    <Panel description={t`From the last heartbeat of the edge box`} title={t`Status`}>
      <DescriptionList
        entries={[
          [t({ message: "Last seen", context: "a camera" }), formatRelativeTime(camera.last_seen_at, now)],
          [
            t`Data complete until`,
            camera.delivered_until === null ? "–" : formatRelativeTime(camera.delivered_until, now),
          ],
          [t`Backlog`, camera.backlog === null ? "–" : countCrossings(camera.backlog)],
          [
            t`Oldest unsent crossing`,
            camera.oldest_unsent_s === null ? "–" : formatDuration(camera.oldest_unsent_s),
          ],
          [t`Total IN`, formatCount(camera.total_in)],
          [t`Total OUT`, formatCount(camera.total_out)],
          [t`Worker version`, camera.worker_version ?? "–"],
          [t`Model`, camera.model ?? "–"],
        ]}
      />
    </Panel>
  );
}

function SettingsPanel({ camera }: { camera: Camera }) {
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      aside={
        camera.archived_at === null && (
          <Button
            type="button"
            variant="outline"
            data-testid="edit-camera"
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
          [t`Counts for the store`, yesOrNo(camera.is_counting_line)],
          [t`Anchor`, anchorName(camera.anchor)],
          [t`Line version`, String(camera.line_version)],
          [t`Frames per second`, formatSetting(camera.sample_fps)],
          [t`Snapshot interval`, formatSnapshotInterval(camera.snapshot_interval_s)],
          [
            t`Shortest stay`,
            camera.min_stay_s === 0 ? t`As on the edge box` : formatSeconds(camera.min_stay_s),
          ],
          [t`Ignore children`, camera.ignore_children ? yesOrNo(true) : t`As on the edge box`],
        ]}
      />
      <IdLine id={camera.camera_id} name={t`Camera ID`} />
      <FormDialog onClose={() => setEditing(false)} open={editing} title={t`Camera settings`}>
        <EditCameraForm
          camera={camera}
          onCancel={() => setEditing(false)}
          onSaved={() => setEditing(false)}
        />
      </FormDialog>
    </Panel>
  );
}
