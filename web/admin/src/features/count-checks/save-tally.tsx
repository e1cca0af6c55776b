import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { Label } from "@metrica/ui/components/ui/label.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { DescriptionList } from "#shared/description-list.tsx";
import { useServices } from "#shared/services.ts";
import { useAddCountCheck } from "./api/count-checks.ts";
import { formatElapsed } from "./running-tally.tsx";
import { countTaps, type Tally, toCountCheck } from "./tally.ts";

interface SaveTallyProps {
  camera: Camera;
  tally: Tally & { end: number };
  /** Counts on: the end was a mistake. */
  onContinue: () => void;
  /** The tally is saved or discarded. */
  onDone: () => void;
}

/** Waits until the edge box has sent the crossings of the window, and saves the count. */
export function SaveTally({ camera, tally, onContinue, onDone }: SaveTallyProps) {
  const { admin } = useServices();
  const add = useAddCountCheck(admin, camera.camera_id);
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const [discarding, setDiscarding] = useState(false);
  const id = useId();
  const hasArrived = camera.delivered_until !== null && Date.parse(camera.delivered_until) >= tally.end;

  function save() {
    add.mutate(toCountCheck(tally, note), {
      onSuccess: () => {
        onDone();
        void navigate({ to: "/cameras/$cameraId", params: { cameraId: camera.camera_id } });
      },
    });
  }

  return (
    <Panel title={t`Save the count`}>
      <div className="grid gap-4">
        <DescriptionList
          entries={[
            [t`IN`, formatCount(countTaps(tally, "IN"))],
            [t`OUT`, formatCount(countTaps(tally, "OUT"))],
            [t`Duration`, formatElapsed(tally.end - tally.start)],
          ]}
        />
        <p className="text-sm" data-testid="tally-arrival" role="status">
          {hasArrived
            ? t`The edge box has sent all crossings of this time.`
            : t`Waiting until the edge box has sent the crossings of this time. It sends them within a minute when it is online.`}
        </p>
        <div className="grid gap-1.5">
          <Label htmlFor={id}>{t`Note`}</Label>
          <Input id={id} maxLength={500} onChange={(event) => setNote(event.target.value)} value={note} />
        </div>
        {add.error !== null && (
          <Alert variant="destructive">
            <AlertDescription>{errorMessage(add.error)}</AlertDescription>
          </Alert>
        )}
        <div className="flex flex-wrap gap-3">
          <Button
            data-testid="tally-save"
            disabled={!hasArrived || add.isPending}
            onClick={save}
            type="button"
          >
            <Trans>Save</Trans>
          </Button>
          {!hasArrived && (
            <Button
              data-testid="tally-save-incomplete"
              disabled={add.isPending}
              onClick={save}
              type="button"
              variant="outline"
            >
              <Trans>Save now, without the certificate</Trans>
            </Button>
          )}
          <Button onClick={onContinue} type="button" variant="outline">
            <Trans>Count on</Trans>
          </Button>
          <Button
            data-testid="tally-discard"
            onClick={() => (discarding ? onDone() : setDiscarding(true))}
            type="button"
            variant="ghost"
          >
            {discarding ? t`Discard the count` : t`Discard`}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
