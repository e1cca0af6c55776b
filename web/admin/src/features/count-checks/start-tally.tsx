import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Panel } from "@metrica/ui/panel.tsx";

/** Says how to count, and starts the count. */
export function StartTally({ camera, onStart }: { camera: Camera; onStart: () => void }) {
  return (
    <Panel title="At the entrance">
      <div className="grid gap-4 text-sm">
        <ol className="grid list-decimal gap-1.5 pl-5">
          <li>Stand where you see the whole line of the camera.</li>
          <li>Tap IN for each person who goes in, and OUT for each who goes out, also for yourself.</li>
          <li>Count for 15 minutes or longer. The count is kept when the phone is locked.</li>
        </ol>
        {camera.status !== "online" && (
          <Alert variant="warning">
            <AlertDescription>
              The camera is not online. Its crossings of this time may be missing, and then the count proves
              nothing.
            </AlertDescription>
          </Alert>
        )}
        <Button className="h-14 text-base" data-testid="tally-start" onClick={onStart} type="button">
          Start counting
        </Button>
      </div>
    </Panel>
  );
}
