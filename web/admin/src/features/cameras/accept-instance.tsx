import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { Dialog } from "@metrica/ui/dialog.tsx";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { Notice } from "@metrica/ui/notice.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useEffect, useRef, useState } from "react";
import { errorMessage } from "#shared/error-message.ts";
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
  const confirmed = useRef(false);

  // Accepting removes this notice with the focused button. Move the focus to the page.
  useEffect(
    () => () => {
      if (confirmed.current) document.getElementById("content")?.focus();
    },
    [],
  );

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
      <Dialog onClose={() => setOpen(false)} open={open} title="Let the other edge box count this camera?">
        <div className="grid gap-4">
          <ul className="grid list-disc gap-1.5 pl-4 text-ink-soft text-sm">
            {consequences.map((consequence) => (
              <li key={consequence}>{consequence}</li>
            ))}
          </ul>
          {accept.error !== null && <Notice tone="critical">{errorMessage(accept.error)}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              busy={accept.isPending}
              data-testid="accept-instance-confirm"
              onClick={() => {
                confirmed.current = true;
                accept.mutate();
              }}
              variant="primary"
            >
              Accept
            </Button>
          </div>
        </div>
      </Dialog>
    </Notice>
  );
}
