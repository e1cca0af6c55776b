import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { Notice } from "@metrica/ui/notice.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useState } from "react";
import { ConsequencesDialog } from "#shared/consequences-dialog.tsx";
import { useServices } from "#shared/services.ts";
import { useAcceptInstance } from "./api/accept-instance.ts";

const consequences = [
  "The edge box that was turned away counts the camera from now on, and delivers the crossings that it kept.",
  "The edge box that counts the camera now is turned away. It keeps its crossings. Stop it.",
  "If both have counted the same people, the store has these people twice.",
  "Without this, the other edge box takes over by itself five minutes after the last heartbeat of the present one.",
];

/** Lets the edge box that was turned away count the camera; shown while there is one. */
export function AcceptInstance({ camera }: { camera: Camera }) {
  const { admin } = useServices();
  const accept = useAcceptInstance(admin, camera.camera_id);
  const now = useNow();
  const [open, setOpen] = useState(false);

  return (
    <Notice testId="rejected-instance" tone="caution">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p>
          Another edge box tried to count this camera and was turned away{" "}
          {formatRelativeTime(camera.rejected_instance_at, now)}. It keeps its crossings.
        </p>
        <Button data-testid="accept-instance" onClick={() => setOpen(true)} size="small">
          Accept this box
        </Button>
      </div>
      <ConsequencesDialog
        action={accept}
        consequences={consequences}
        label="Accept"
        onClose={() => setOpen(false)}
        open={open}
        testId="accept-instance"
        title="Let the other edge box count this camera?"
        variant="primary"
      />
    </Notice>
  );
}
