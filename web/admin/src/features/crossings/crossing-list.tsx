import { formatTimeWithSeconds } from "@metrica/ui/format/time.ts";
import { LogIn, LogOut } from "lucide-react";
import { type CrossingFeed, formatDelay } from "./feed.ts";

interface CrossingListProps {
  feed: CrossingFeed;
  timezone: string;
  /** Only so many of the newest. */
  limit?: number;
}

/** The crossings of a camera as they come, newest first, with direction and delay. Screen readers announce new ones. */
export function CrossingList({ feed, timezone, limit }: CrossingListProps) {
  const shown = feed.crossings.slice(0, limit);
  return (
    <>
      <p aria-live="polite" className="sr-only" data-testid="newest-crossing">
        {shown[0] !== undefined &&
          `${shown[0].direction} at ${formatTimeWithSeconds(shown[0].ts, timezone)}, ${feed.crossings.length} crossings`}
      </p>
      {shown.length > 0 && (
        <table className="w-full text-left text-sm tabular-nums">
          <caption className="sr-only">Crossings, newest first</caption>
          <thead className="text-muted-foreground text-xs">
            <tr className="border-border border-b *:pb-2 *:font-normal">
              <th scope="col">Direction</th>
              <th scope="col">Crossed at</th>
              <th className="text-right" scope="col">
                Delay
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ event_id, direction, ts, delay_s }) => (
              <tr
                className="border-border border-t first:border-t-0 *:py-2"
                data-testid="crossing"
                key={event_id}
              >
                <th className="font-semibold" scope="row">
                  <span className="inline-flex items-center gap-2">
                    {direction === "IN" ? (
                      <LogIn aria-hidden="true" className="size-4 text-success" />
                    ) : (
                      <LogOut aria-hidden="true" className="size-4 text-muted-foreground" />
                    )}
                    {direction}
                  </span>
                </th>
                <td>{formatTimeWithSeconds(ts, timezone)}</td>
                <td className="text-right">{formatDelay(delay_s)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {feed.leftOut && limit === undefined && (
        <p className="mt-3 text-[13px] text-muted-foreground">
          Earlier crossings of the last hour are left out.
        </p>
      )}
    </>
  );
}
