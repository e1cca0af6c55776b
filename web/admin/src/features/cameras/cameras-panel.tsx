import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ArchivedList } from "#shared/archived-list.tsx";
import { CameraStatusBadge, OriginBadge } from "#shared/camera-badges.tsx";
import { useOpenFromAddress } from "#shared/open-search.ts";
import { useServices } from "#shared/services.ts";
import { camerasQuery } from "./api/get-cameras.ts";

const NewCameraDialog = lazyDialog(() =>
  import("./camera-dialogs.tsx").then((module) => module.NewCameraDialog),
);

interface CamerasPanelProps {
  storeId: string;
  timezone: string;
  /** Whether the store is archived. No camera can be added then. */
  archived: boolean;
}

/** The cameras of a store. Archived cameras are in a collapsed list. */
export function CamerasPanel({ storeId, timezone, archived }: CamerasPanelProps) {
  const { admin } = useServices();
  const cameras = useQuery(camerasQuery(admin, storeId));
  const [adding, setAdding] = useState(false);
  useOpenFromAddress("add-camera", () => setAdding(!archived));
  const navigate = useNavigate();
  return (
    <Panel
      aside={
        !archived && (
          <Button
            type="button"
            variant="outline"
            data-testid="add-camera"
            onClick={() => setAdding(true)}
            size="sm"
          >
            <Trans>Add camera</Trans>
          </Button>
        )
      }
      description={t`Each camera counts the crossings of one line`}
      title={t`Cameras`}
    >
      <LoadingPanel query={cameras}>
        {(data) => <CameraLists archived={archived} cameras={data.cameras} timezone={timezone} />}
      </LoadingPanel>
      {adding && (
        <NewCameraDialog
          onClose={() => setAdding(false)}
          onSaved={(camera) =>
            void navigate({ to: "/cameras/$cameraId", params: { cameraId: camera.camera_id } })
          }
          storeId={storeId}
          title={t`Add camera`}
        />
      )}
    </Panel>
  );
}

function CameraLists({
  cameras,
  timezone,
  archived,
}: Omit<CamerasPanelProps, "storeId"> & { cameras: readonly Camera[] }) {
  const active = cameras.filter((camera) => camera.archived_at === null);
  const archivedEntries = cameras.flatMap((camera) =>
    camera.archived_at === null
      ? []
      : [{ id: camera.camera_id, link: <CameraLink camera={camera} />, since: camera.archived_at, timezone }],
  );
  return (
    <>
      {active.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          {archivedEntries.length === 0 ? t`No cameras yet.` : t`No active cameras.`}{" "}
          {!archived && t`Add one, then configure the edge box with its ID and a worker key.`}
        </p>
      ) : (
        <ul className="divide-y divide-border">
          {active.map((camera) => (
            <CameraItem camera={camera} key={camera.camera_id} timezone={timezone} />
          ))}
        </ul>
      )}
      <ArchivedList
        className="mt-4 border-border border-t pt-3"
        entries={archivedEntries}
        summary={plural(archivedEntries.length, { one: "# archived camera", other: "# archived cameras" })}
        testId="archived-cameras"
      />
    </>
  );
}

function CameraLink({ camera }: { camera: Camera }) {
  return (
    <Link
      className="rounded font-medium text-sm hover:text-accent-foreground"
      params={{ cameraId: camera.camera_id }}
      to="/cameras/$cameraId"
    >
      {camera.name}
    </Link>
  );
}

/** `Last seen 4 min ago · backlog 12 · not counted in totals` */
function describeCamera(camera: Camera, timezone: string, now: number): string {
  const { last_seen_at, backlog, delivered_until, is_counting_line } = camera;
  const parts: string[] = [];
  if (last_seen_at === null) parts.push(t`No heartbeat yet`);
  else {
    const seen = formatRelativeTime(last_seen_at, now);
    parts.push(t({ message: `Last seen ${seen}`, context: "a camera" }));
  }
  if (backlog !== null) {
    const count = formatCount(backlog);
    parts.push(t`backlog ${count}`);
  }
  if (delivered_until !== null) {
    const time = formatDateTime(delivered_until, timezone);
    parts.push(t`data complete until ${time}`);
  }
  if (!is_counting_line) parts.push(t`not counted in totals`);
  return parts.join(" · ");
}

function CameraItem({ camera, timezone }: { camera: Camera; timezone: string }) {
  const now = useNow();
  return (
    <li
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0"
      data-testid="camera-row"
    >
      <div className="min-w-0">
        <CameraLink camera={camera} />
        <p className="mt-0.5 text-[13px] text-muted-foreground tabular-nums">
          {describeCamera(camera, timezone, now)}
        </p>
      </div>
      <div className="flex gap-1.5">
        <OriginBadge origin={camera.origin} />
        <CameraStatusBadge status={camera.status} />
      </div>
    </li>
  );
}
