import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { ArchivePanel } from "#shared/archive-panel.tsx";
import { useServices } from "#shared/services.ts";
import { useArchiveCamera } from "./api/archive-camera.ts";

/** Archives a camera. */
export function ArchiveCamera({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  return (
    <ArchivePanel
      archive={useArchiveCamera(admin, camera)}
      consequences={[
        t`The history of the store keeps the crossings of this camera.`,
        t`New crossings are rejected. Earlier crossings that the edge box has not sent yet are accepted.`,
        t`An archived camera cannot be restored or changed. You can add a new camera instead.`,
      ]}
      description={t`Archive this camera if it was removed or replaced.`}
      label={t`Archive camera`}
      name={camera.name}
    />
  );
}
