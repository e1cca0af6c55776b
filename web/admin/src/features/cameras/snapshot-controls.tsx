import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { dayAndTime } from "@metrica/ui/format/time.ts";
import { faultWords } from "#shared/fault-words.ts";
import { useServices } from "#shared/services.ts";
import { useRequestSnapshot } from "./api/snapshot.ts";

/** How old the picture is, and how to get a new one. */
export function SnapshotControls({ camera, timezone }: { camera: Camera; timezone: string }) {
  const { admin } = useServices();
  const request = useRequestSnapshot(admin, camera.camera_id);
  const { snapshot_at, snapshot_requested_at } = camera;
  const waiting =
    snapshot_requested_at !== null &&
    (snapshot_at === null || Date.parse(snapshot_requested_at) > Date.parse(snapshot_at));
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        busy={request.isPending}
        data-testid="request-snapshot"
        disabled={waiting}
        onClick={() => request.mutate()}
        size="small"
      >
        {waiting ? "Waiting for a picture…" : "Ask for a new picture"}
      </Button>
      <p className="text-[13px] text-ink-faint tabular-nums" role="status">
        {request.error !== null
          ? faultWords(request.error)
          : snapshot_at === null
            ? "No picture yet; people are blurred before one leaves the store."
            : `Picture of ${dayAndTime(snapshot_at, timezone)}`}
      </p>
    </div>
  );
}
