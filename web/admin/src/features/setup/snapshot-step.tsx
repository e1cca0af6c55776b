import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { useEffect } from "react";
import { useRequestSnapshot, useSnapshotUrl } from "#features/cameras/api/snapshot.ts";
import { SnapshotControls } from "#features/cameras/snapshot-controls.tsx";
import { useServices } from "#shared/services.ts";

/** Asks for a picture of the empty scene, and waits for it. */
export function SnapshotStep({ camera, timezone }: { camera: Camera; timezone: string }) {
  const { admin } = useServices();
  const { mutate: request } = useRequestSnapshot(admin, camera.camera_id);
  const url = useSnapshotUrl(admin, camera);
  const isMissing = camera.snapshot_at === null && camera.snapshot_requested_at === null;

  useEffect(() => {
    if (isMissing) request();
  }, [isMissing, request]);

  return (
    <div className="grid gap-4">
      <p className="text-sm">
        <Trans>
          The picture shows the scene without people. It arrives with one of the next heartbeats, which come
          every 30 seconds. Parts that were not free of people for five minutes are coarse squares; a sharper
          picture follows by itself.
        </Trans>
      </p>
      {url !== null && (
        <img
          alt={t`The empty scene of the camera`}
          className="w-full max-w-xl rounded-xl"
          data-testid="setup-snapshot-image"
          src={url}
        />
      )}
      <SnapshotControls camera={camera} timezone={timezone} />
    </div>
  );
}
