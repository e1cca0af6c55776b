import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { useServices } from "#shared/services.ts";
import { useRequestSnapshot } from "./api/snapshot.ts";

/** The age of the snapshot and a button that requests a new one. */
export function SnapshotControls({ camera, timezone }: { camera: Camera; timezone: string }) {
  const { admin } = useServices();
  const request = useRequestSnapshot(admin, camera.camera_id);
  const { snapshot_at, snapshot_requested_at } = camera;
  const taken = snapshot_at === null ? "" : formatDateTime(snapshot_at, timezone);
  const waiting =
    snapshot_requested_at !== null &&
    (snapshot_at === null || Date.parse(snapshot_requested_at) > Date.parse(snapshot_at));
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        type="button"
        variant="outline"
        data-testid="request-snapshot"
        disabled={waiting || request.isPending}
        onClick={() => request.mutate()}
        size="sm"
      >
        {waiting ? t`Waiting for the snapshot…` : t`Request snapshot`}
      </Button>
      <p className="text-[13px] text-muted-foreground tabular-nums" role="status">
        {request.error !== null
          ? errorMessage(request.error)
          : snapshot_at === null
            ? t`No snapshot yet. It shows the empty scene, once the edge box has seen it for some minutes.`
            : t`Snapshot of ${taken}`}
      </p>
    </div>
  );
}
