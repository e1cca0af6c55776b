import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { crossingsQuery } from "#features/crossings/api/get-crossings.ts";
import { CrossingList } from "#features/crossings/crossing-list.tsx";
import type { CrossingFeed } from "#features/crossings/feed.ts";
import { useSetLine } from "#features/line/api/set-line.ts";
import { swapEnds, toLine } from "#features/line/geometry.ts";
import { useServices } from "#shared/services.ts";

const shownCrossings = 5;

/** Waits until somebody who walks through the entrance is counted with the line. */
export function WalkStep({ camera, timezone }: { camera: Camera; timezone: string }) {
  const { admin } = useServices();
  const feed = useQuery(crossingsQuery(admin, camera.camera_id));
  const swap = useSetLine(admin, camera.camera_id);
  const now = useNow(1000);
  return (
    <div className="grid gap-4">
      <p className="text-sm">
        <Trans>
          Walk through the entrance, across the line, and watch the direction: IN when you go in. The crossing
          is here a few seconds later.
        </Trans>
      </p>
      <LoadingPanel query={feed}>
        {(data) => (
          <div className="grid gap-4">
            <p className="text-sm" data-testid="setup-walk-status" role="status">
              {describe(data, now)}
            </p>
            <div>
              <CrossingList
                feed={{ ...data, crossings: withLine(data) }}
                limit={shownCrossings}
                timezone={timezone}
              />
            </div>
          </div>
        )}
      </LoadingPanel>
      {swap.error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(swap.error)}</AlertDescription>
        </Alert>
      )}
      <div className="flex flex-wrap gap-3">
        <Button
          data-testid="setup-swap"
          disabled={swap.isPending}
          onClick={() => swap.mutate({ line: swapEnds(toLine(camera.line)), etag: camera.etag })}
          size="sm"
          type="button"
          variant="outline"
        >
          <ArrowLeftRight /> {t`The direction is wrong: swap IN and OUT`}
        </Button>
        <Link
          className="self-center rounded text-[13px] text-primary underline underline-offset-2"
          params={{ cameraId: camera.camera_id }}
          to="/cameras/$cameraId/live"
        >
          <Trans>All crossings of the last hour</Trans>
        </Link>
      </div>
    </div>
  );
}

/** The crossings that were surely counted with the line. */
function withLine({ crossings, lineUsedFrom }: CrossingFeed) {
  return crossings.filter(({ ts }) => Date.parse(ts) >= Date.parse(lineUsedFrom));
}

function describe({ lastCrossingAt, lineUsedFrom }: CrossingFeed, now: number): string {
  if (lastCrossingAt !== null) return t`The camera counts with this line.`;
  if (now < Date.parse(lineUsedFrom))
    return t`The edge box takes the line over with its next heartbeat, within 30 seconds. Walk through after that.`;
  return t`The edge box counts with the line. Waiting for the first crossing.`;
}
