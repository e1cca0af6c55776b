import type { Camera } from "@metrica/client/admin.ts";
import { ArchivePanel } from "#shared/archive-panel.tsx";
import { useServices } from "#shared/services.ts";
import { useArchiveCamera } from "./api/archive-camera.ts";

/** Takes a camera out of use. */
export function ArchiveCamera({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  return (
    <ArchivePanel
      archive={useArchiveCamera(admin, camera.camera_id)}
      consequences={[
        "Its history stays: what it counted until now remains in the store's numbers.",
        "It counts no further: crossings from now on are refused. Earlier ones that its edge box still holds are taken.",
        "It cannot be brought back or changed afterwards; a new camera can be added in its place.",
      ]}
      hint="For a camera that was taken down, or that another one replaces"
      name={camera.name}
      what="camera"
    />
  );
}
