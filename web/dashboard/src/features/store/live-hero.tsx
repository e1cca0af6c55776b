import type { Live } from "@metrica/client/owner.ts";
import { cn } from "@metrica/ui/cn.ts";
import { formatAgo } from "@metrica/ui/format/duration.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { clockTime, clockTimeWithSeconds } from "@metrica/ui/format/time.ts";
import { LiveCameras } from "./live-cameras.tsx";
import { OccupancyReset } from "./occupancy-reset.tsx";

interface LiveHeroProps {
  live: Live;
  /** Whether the numbers still arrive; without it nothing is called live. */
  connected: boolean;
}

/** How many people are inside now, and how today came to that. */
export function LiveHero({ live, connected }: LiveHeroProps) {
  const { timezone } = live;
  return (
    <section
      aria-labelledby="now"
      className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card md:grid md:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]"
    >
      <div className="flex flex-col justify-between gap-7 p-5 sm:p-7">
        <div className="flex items-center justify-between gap-3">
          <h2 className="whitespace-nowrap text-ink-soft text-sm" id="now">
            In the store now
          </h2>
          <LiveSign connected={connected} live={live} />
        </div>
        <div>
          <p
            aria-labelledby="now"
            className={cn(
              "font-semibold text-[88px] leading-[0.9] tracking-[-0.045em] tabular-nums sm:text-[120px]",
              live.occupancy === null && "text-line-strong",
            )}
            data-testid="live-occupancy"
            role="status"
          >
            {formatCount(live.occupancy)}
          </p>
          {live.occupancy === null && (
            <p className="mt-3 text-ink-soft text-sm">Nothing has been observed today.</p>
          )}
          <Fullness capacity={live.capacity} occupancy={live.occupancy} />
        </div>
      </div>
      <div className="grid content-between gap-5 border-line border-t bg-sunken/50 p-5 sm:p-7 md:border-t-0 md:border-l">
        <dl className="grid grid-cols-3 gap-4">
          <Figure name="In today" testId="live-visitors" value={formatCount(live.visitors_today)} />
          <Figure name="Out today" testId="live-exits" value={formatCount(live.exits_today)} />
          <Figure name="Balance" note="out of in" testId="live-balance" value={formatShare(live.balance)} />
        </dl>
        <LiveCameras live={live} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-[13px] text-ink-faint">
            {live.last_crossing_at === null ? (
              "No crossing today"
            ) : (
              <>
                Last crossing at{" "}
                <time className="tabular-nums" data-testid="last-crossing" dateTime={live.last_crossing_at}>
                  {clockTimeWithSeconds(live.last_crossing_at, timezone)}
                </time>
              </>
            )}
            {live.last_reset_at !== null && <> · corrected at {clockTime(live.last_reset_at, timezone)}</>}
          </p>
          <OccupancyReset occupancy={live.occupancy} storeId={live.store_id} />
        </div>
      </div>
    </section>
  );
}

/** Whether the number is of this moment: says so only while cameras report. */
function LiveSign({ live, connected }: LiveHeroProps) {
  const reporting = connected && (live.health.status === "online" || live.health.status === "degraded");
  const words = reporting
    ? live.is_open
      ? "Live"
      : "Live · closed now"
    : `Not live · ${silenceWords(live, connected)}`;
  return (
    <p
      className={cn(
        "flex items-center gap-2 font-medium text-[13px]",
        reporting ? "text-positive" : "text-ink-faint",
      )}
      data-testid="live-sign"
    >
      <span aria-hidden="true" className="relative flex size-2">
        {reporting && <span className="absolute inset-0 animate-breathe rounded-full bg-positive/50" />}
        <span className={cn("relative size-2 rounded-full", reporting ? "bg-positive" : "bg-line-strong")} />
      </span>
      {words}
    </p>
  );
}

/** Why the number is not of this moment. */
function silenceWords({ health, now }: Live, connected: boolean): string {
  if (!connected) return "connection lost";
  if (health.status === "no_cameras") return "no camera yet";
  if (health.last_seen_at === null) return "no camera has reported yet";
  return `last heard ${formatAgo(health.last_seen_at, Date.parse(now))}`;
}

function Fullness({ occupancy, capacity }: { occupancy: number | null; capacity: number | null }) {
  if (capacity === null || capacity === 0 || occupancy === null) return null;
  const share = occupancy / capacity;
  return (
    <div className="mt-5">
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className={cn(
            "h-full rounded-full transition-[width] duration-500",
            share >= 1 ? "bg-critical" : share >= 0.85 ? "bg-caution" : "bg-bar",
          )}
          style={{ width: `${Math.min(share, 1) * 100}%` }}
        />
      </div>
      <p className="mt-2 text-[13px] text-ink-soft tabular-nums" data-testid="fullness">
        {formatShare(share)} of {formatCount(capacity)} places
        {share >= 1 && <strong className="font-semibold text-critical"> · full</strong>}
      </p>
    </div>
  );
}

function Figure({
  name,
  note,
  value,
  testId,
}: {
  name: string;
  note?: string;
  value: string;
  testId: string;
}) {
  return (
    <div>
      <dt className="text-[13px] text-ink-soft">{name}</dt>
      <dd
        className="mt-0.5 font-semibold text-3xl tracking-tight sm:text-4xl tabular-nums"
        data-testid={testId}
      >
        {value}
      </dd>
      {note !== undefined && <dd className="text-ink-faint text-xs">{note}</dd>}
    </div>
  );
}
