import type { Live } from "@metrica/client/owner.ts";
import { cn } from "@metrica/ui/cn.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTime, formatTimeWithSeconds } from "@metrica/ui/format/time.ts";
import { LiveCameras } from "./live-cameras.tsx";
import { OccupancyReset } from "./occupancy-reset.tsx";

interface LivePanelProps {
  live: Live;
  /** Whether the last request succeeded. */
  connected: boolean;
}

/** The occupancy now, the totals of today and the cameras. */
export function LivePanel({ live, connected }: LivePanelProps) {
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
          <LiveIndicator connected={connected} live={live} />
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
          {live.occupancy === null && <p className="mt-3 text-ink-soft text-sm">No data today.</p>}
          <CapacityBar capacity={live.capacity} occupancy={live.occupancy} />
        </div>
      </div>
      <div className="grid content-between gap-5 border-line border-t bg-sunken/50 p-5 sm:p-7 md:border-t-0 md:border-l">
        <dl className="grid grid-cols-3 gap-4">
          <Stat name="Visitors today" testId="live-visitors" value={formatCount(live.visitors_today)} />
          <Stat name="Exits today" testId="live-exits" value={formatCount(live.exits_today)} />
          <Stat
            name="Balance"
            note="exits ÷ entries"
            testId="live-balance"
            value={formatShare(live.balance)}
          />
        </dl>
        <LiveCameras live={live} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-[13px] text-ink-faint">
            {live.last_crossing_at === null ? (
              "No crossings today"
            ) : (
              <>
                Last crossing at{" "}
                <time className="tabular-nums" data-testid="last-crossing" dateTime={live.last_crossing_at}>
                  {formatTimeWithSeconds(live.last_crossing_at, timezone)}
                </time>
              </>
            )}
            {live.last_reset_at !== null && (
              <> · occupancy corrected at {formatTime(live.last_reset_at, timezone)}</>
            )}
          </p>
          <OccupancyReset occupancy={live.occupancy} storeId={live.store_id} />
        </div>
      </div>
    </section>
  );
}

/** Whether the occupancy is live: the API responds and at least one camera is online. */
function LiveIndicator({ live, connected }: LivePanelProps) {
  const isLive = connected && (live.health.status === "online" || live.health.status === "degraded");
  const label = isLive
    ? live.is_open
      ? "Live"
      : "Live · store closed"
    : `Not live · ${notLiveReason(live, connected)}`;
  return (
    <p
      className={cn(
        "flex items-center gap-2 font-medium text-[13px]",
        isLive ? "text-positive" : "text-ink-faint",
      )}
      data-testid="live-indicator"
    >
      <span aria-hidden="true" className="relative flex size-2">
        {isLive && <span className="absolute inset-0 animate-live-pulse rounded-full bg-positive/50" />}
        <span className={cn("relative size-2 rounded-full", isLive ? "bg-positive" : "bg-line-strong")} />
      </span>
      {label}
    </p>
  );
}

/** Returns the reason why the occupancy is not live. */
function notLiveReason({ health, as_of }: Live, connected: boolean): string {
  if (!connected) return "connection lost";
  if (health.status === "no_cameras") return "no cameras";
  if (health.last_seen_at === null) return "no data from the cameras yet";
  return `last update ${formatRelativeTime(health.last_seen_at, Date.parse(as_of))}`;
}

function CapacityBar({ occupancy, capacity }: { occupancy: number | null; capacity: number | null }) {
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
      <p className="mt-2 text-[13px] text-ink-soft tabular-nums" data-testid="capacity-share">
        {formatShare(share)} of capacity ({formatCount(capacity)})
        {share >= 1 && <strong className="font-semibold text-critical"> · at capacity</strong>}
      </p>
    </div>
  );
}

function Stat({ name, note, value, testId }: { name: string; note?: string; value: string; testId: string }) {
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
