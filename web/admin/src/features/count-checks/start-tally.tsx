import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Panel } from "@metrica/ui/panel.tsx";

/** Says how to count, and starts the count. */
export function StartTally({ camera, onStart }: { camera: Camera; onStart: () => void }) {
  return (
    <Panel title={t`At the entrance`}>
      <div className="grid gap-4 text-sm">
        <ol className="grid list-decimal gap-1.5 pl-5">
          <li>{t`Stand where you see the whole line of the camera.`}</li>
          <li>{t`Tap IN for each person who goes in, and OUT for each who goes out, also for yourself.`}</li>
          <li>{t`Count for 15 minutes or longer. The count is kept when the phone is locked.`}</li>
        </ol>
        {camera.status !== "online" && (
          <Alert variant="warning">
            <AlertDescription>
              <Trans>
                The camera is not online. Its crossings of this time may be missing, and then the count proves
                nothing.
              </Trans>
            </AlertDescription>
          </Alert>
        )}
        <Button className="h-14 text-base" data-testid="tally-start" onClick={onStart} type="button">
          <Trans>Start counting</Trans>
        </Button>
      </div>
    </Panel>
  );
}
