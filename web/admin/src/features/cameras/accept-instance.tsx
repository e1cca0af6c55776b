import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useServices } from "#shared/services.ts";
import { AcceptNotice } from "./accept-notice.tsx";
import { useAcceptInstance } from "./api/accept-instance.ts";

/** Lets the edge box that was turned away count the camera; shown while there is one. */
export function AcceptInstance({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const accept = useAcceptInstance(admin, camera.camera_id);
  const rejected = formatRelativeTime(camera.rejected_instance_at, useNow());

  return (
    <AcceptNotice
      action={accept}
      consequences={[
        t`The edge box that was turned away counts the camera from now on, and delivers the crossings that it kept.`,
        t`The edge box that counts the camera now is turned away. It keeps its crossings. Stop it.`,
        t`If both have counted the same people, the store has these people twice.`,
        t`Without this, the other edge box takes over by itself five minutes after the last heartbeat of the present one.`,
      ]}
      label={t`Accept this box`}
      noticeTestId="rejected-instance"
      testId="accept-instance"
      title={t`Let the other edge box count this camera?`}
    >
      {t`Another edge box tried to count this camera and was turned away ${rejected}. It keeps its crossings.`}
    </AcceptNotice>
  );
}
