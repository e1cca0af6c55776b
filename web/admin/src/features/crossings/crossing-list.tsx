import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Crossing } from "@metrica/client/admin.ts";
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
        {shown[0] !== undefined && describeNewest(shown[0], feed.crossings.length, timezone)}
      </p>
      {shown.length > 0 && (
        <table className="w-full text-left text-sm tabular-nums">
          <caption className="sr-only">{t`Crossings, newest first`}</caption>
          <thead className="text-muted-foreground text-xs">
            <tr className="border-border border-b *:pb-2 *:font-normal">
              <th scope="col">{t`Direction`}</th>
              <th scope="col">{t`Crossed at`}</th>
              <th className="text-right" scope="col">
                <Trans>Delay</Trans>
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
          <Trans>Earlier crossings of the last hour are left out.</Trans>
        </p>
      )}
    </>
  );
}

function describeNewest({ direction, ts }: Crossing, count: number, timezone: string): string {
  const time = formatTimeWithSeconds(ts, timezone);
  const crossings = plural(count, { one: "# crossing", other: "# crossings" });
  return t`${direction} at ${time}, ${crossings}`;
}
