import type { Camera } from "@metrica/client/admin.ts";
import { Badge } from "@metrica/ui/badge.tsx";
import { Button } from "@metrica/ui/button.tsx";
import { Panel } from "@metrica/ui/card.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { formatAgo, formatDuration } from "@metrica/ui/format/duration.ts";
import { formatCount, plural } from "@metrica/ui/format/number.ts";
import { dayAndTime } from "@metrica/ui/format/time.ts";
import { Icon } from "@metrica/ui/icon.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { CountChecksPanel } from "#features/count-checks/count-checks-panel.tsx";
import { LinePanel } from "#features/line/line-panel.tsx";
import { storeQuery } from "#features/stores/api/get-store.ts";
import { CameraStatusBadge, OriginBadge } from "#shared/camera-status.tsx";
import { Figures } from "#shared/figures.tsx";
import { IdLine } from "#shared/id-line.tsx";
import { useServices } from "#shared/services.ts";
import { cameraQuery } from "./api/get-camera.ts";
import { ArchiveCamera } from "./archive-camera.tsx";
import { EditCameraForm } from "./camera-form.tsx";
import { ConnectPanel } from "./connect-panel.tsx";
import { SnapshotControls } from "./snapshot-controls.tsx";
import { useSnapshot } from "./use-snapshot.ts";

const route = getRouteApi("/_signed-in/cameras/$cameraId");

/** A camera: its line over its last picture, its settings, and what its edge box says. */
export function CameraPage() {
  const { cameraId } = route.useParams();
  const { admin } = useServices();
  const camera = useQuery(cameraQuery(admin, cameraId));
  useTitle(camera.data?.name ?? "Camera");
  return <LoadingPanel query={camera}>{(data) => <CameraView camera={data} key={cameraId} />}</LoadingPanel>;
}

function CameraView({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const store = useQuery(storeQuery(admin, camera.store_id));
  const snapshot = useSnapshot(camera);
  const timezone = store.data?.timezone ?? "UTC";
  const archived = camera.archived_at !== null;
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <Link
            className="inline-flex items-center gap-1 rounded text-[13px] text-ink-faint hover:text-ink"
            params={{ storeId: camera.store_id }}
            to="/stores/$storeId"
          >
            <Icon name="chevron-left" /> {store.data?.name ?? "The store"}
          </Link>
          <h1 className="mt-0.5 font-semibold text-2xl tracking-tight" data-testid="camera-name">
            {camera.name}
          </h1>
        </div>
        <div className="flex gap-2">
          <OriginBadge origin={camera.origin} />
          {archived ? <Badge tone="caution">Archived</Badge> : <CameraStatusBadge status={camera.status} />}
        </div>
      </header>
      {camera.archived_at !== null && (
        <Notice testId="archived-camera" tone="caution">
          Archived since {dayAndTime(camera.archived_at, timezone)}: it counts no further and cannot be
          changed. What it counted before stays in the store's history.
        </Notice>
      )}
      {!archived && (
        <LinePanel
          cameraId={camera.camera_id}
          controls={<SnapshotControls camera={camera} timezone={timezone} />}
          picture={snapshot}
          saved={camera.line}
        />
      )}
      {camera.last_seen_at === null && !archived && <ConnectPanel cameraId={camera.camera_id} />}
      <StatePanel camera={camera} />
      {store.data !== undefined && <CountChecksPanel camera={camera} timezone={store.data.timezone} />}
      <SettingsPanel camera={camera} />
      {!archived && <ArchiveCamera camera={camera} />}
    </div>
  );
}

function StatePanel({ camera }: { camera: Camera }) {
  const now = useNow();
  return (
    <Panel hint="What its edge box said last" title="State">
      <Figures
        entries={[
          ["Last seen", formatAgo(camera.last_seen_at, now)],
          ["Delivered until", camera.delivered_until === null ? "–" : formatAgo(camera.delivered_until, now)],
          ["Backlog", camera.backlog === null ? "–" : plural(camera.backlog, "crossing")],
          ["Oldest unsent", camera.oldest_unsent_s === null ? "–" : formatDuration(camera.oldest_unsent_s)],
          ["Counted in, ever", formatCount(camera.total_in)],
          ["Counted out, ever", formatCount(camera.total_out)],
          ["Worker", camera.worker_version ?? "–"],
          ["Model", camera.model ?? "–"],
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
          <Button data-testid="edit-camera" onClick={() => setEditing(true)} size="small">
            Edit
          </Button>
        )
      }
      title="Settings"
    >
      <Figures
        entries={[
          ["Counts for the store", camera.is_counting_line ? "yes" : "no"],
          ["Anchor", camera.anchor],
          ["Frames a second", String(camera.sample_fps)],
          ["Snapshot every", formatDuration(camera.snapshot_interval_s)],
        ]}
      />
      <IdLine id={camera.camera_id} name="Camera id" />
      <Dialog onClose={() => setEditing(false)} open={editing} title="Settings of the camera">
        <EditCameraForm
          camera={camera}
          onCancel={() => setEditing(false)}
          onSaved={() => setEditing(false)}
        />
      </Dialog>
    </Panel>
  );
}
