import type { Camera } from "@metrica/client/admin.ts";
import { useQuery } from "@tanstack/react-query";
import { useServices } from "#shared/services.ts";
import { snapshotQuery } from "./api/snapshot.ts";

/** The address of the camera's last picture; null while there is none or it is not known yet. */
export function useSnapshot(camera: Camera): string | null {
  const { admin } = useServices();
  const snapshot = useQuery({
    ...snapshotQuery(admin, camera.camera_id, camera.snapshot_at ?? ""),
    enabled: camera.snapshot_at !== null,
  });
  return snapshot.data?.url ?? null;
}
