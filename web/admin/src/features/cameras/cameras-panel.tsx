import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { Panel } from "@metrica/ui/card.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { formatAgo } from "@metrica/ui/format/duration.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { dayAndTime } from "@metrica/ui/format/time.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ArchivedList } from "#shared/archived-list.tsx";
import { CameraStatusBadge, OriginBadge } from "#shared/camera-status.tsx";
import { useServices } from "#shared/services.ts";
import { camerasQuery } from "./api/get-cameras.ts";
import { NewCameraForm } from "./camera-form.tsx";

interface CamerasPanelProps {
  storeId: string;
  timezone: string;
  /** Whether the store is out of use: nothing is added then. */
  archived: boolean;
}

/** The cameras of a store; those out of use below, folded away. */
export function CamerasPanel({ storeId, timezone, archived }: CamerasPanelProps) {
  const { admin } = useServices();
  const cameras = useQuery(camerasQuery(admin, storeId));
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  return (
    <Panel
      aside={
        !archived && (
          <Button data-testid="add-camera" onClick={() => setAdding(true)} size="small">
            Add a camera
          </Button>
        )
      }
      hint="Each counts the crossings of one line"
      title="Cameras"
    >
      <LoadingPanel query={cameras}>
        {(data) => <CameraLists archived={archived} cameras={data.cameras} timezone={timezone} />}
      </LoadingPanel>
      <Dialog onClose={() => setAdding(false)} open={adding} title="Add a camera">
        <NewCameraForm
          onCancel={() => setAdding(false)}
          onSaved={(camera) => {
            setAdding(false);
            void navigate({ to: "/cameras/$cameraId", params: { cameraId: camera.camera_id } });
          }}
          storeId={storeId}
        />
      </Dialog>
    </Panel>
  );
}

function CameraLists({
  cameras,
  timezone,
  archived,
}: Omit<CamerasPanelProps, "storeId"> & { cameras: readonly Camera[] }) {
  const inUse = cameras.filter((camera) => camera.archived_at === null);
  const outOfUse = cameras.flatMap((camera) =>
    camera.archived_at === null
      ? []
      : [{ id: camera.camera_id, link: <CameraLink camera={camera} />, since: camera.archived_at, timezone }],
  );
  return (
    <>
      {inUse.length === 0 ? (
        <p className="text-ink-soft text-sm">
          {outOfUse.length === 0 ? "None yet. " : "None in use. "}
          {!archived && "Add one, then give its id and a worker key to the edge box."}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {inUse.map((camera) => (
            <CameraItem camera={camera} key={camera.camera_id} timezone={timezone} />
          ))}
        </ul>
      )}
      <ArchivedList className="mt-4 border-line border-t pt-3" entries={outOfUse} what="camera" />
    </>
  );
}

function CameraLink({ camera }: { camera: Camera }) {
  return (
    <Link
      className="rounded font-medium text-sm hover:text-accent-strong"
      params={{ cameraId: camera.camera_id }}
      to="/cameras/$cameraId"
    >
      {camera.name}
    </Link>
  );
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
        <p className="mt-0.5 text-[13px] text-ink-faint tabular-nums">
          {camera.last_seen_at === null
            ? "No heartbeat yet"
            : `Last seen ${formatAgo(camera.last_seen_at, now)}`}
          {camera.backlog !== null && <> · backlog {formatCount(camera.backlog)}</>}
          {camera.delivered_until !== null && (
            <> · delivered until {dayAndTime(camera.delivered_until, timezone)}</>
          )}
          {!camera.is_counting_line && <> · not counted</>}
        </p>
      </div>
      <div className="flex gap-1.5">
        <OriginBadge origin={camera.origin} />
        <CameraStatusBadge status={camera.status} />
      </div>
    </li>
  );
}
