import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useServices } from "#shared/services.ts";
import { AcceptNotice } from "./accept-notice.tsx";
import { useAcceptView } from "./api/accept-view.ts";

/** Whether the edge box reports that the view of the camera has changed. */
export function hasChangedView(camera: Camera): boolean {
  return camera.picture === "moved" || camera.picture === "covered";
}

/** Lets the present view of a camera be the one for its line; shown while the edge box reports another one. */
export function AcceptView({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const accept = useAcceptView(admin, camera.camera_id);
  const accepted = formatRelativeTime(camera.view_accepted_at, useNow());

  return (
    <AcceptNotice
      action={accept}
      consequences={[
        t`The line stays where it is in the picture. Request a snapshot first, and check that the line is still right.`,
        t`The edge box learns the present view after its next heartbeat, within about a minute, and reports the next change.`,
        t`If the camera was turned by accident, turn it back instead.`,
      ]}
      label={t`Accept this view`}
      noticeTestId="changed-view"
      testId="accept-view"
      title={t`Is the line still right in this view?`}
    >
      {camera.picture === "moved"
        ? t`The camera shows another view than the one in which the line was drawn.`
        : t`The picture of the camera is covered, or the camera shows something else.`}{" "}
      {camera.view_accepted_at !== null &&
        t`The view was accepted ${accepted}; the edge box applies that after its next heartbeat.`}
    </AcceptNotice>
  );
}
