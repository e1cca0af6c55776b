import type { Live } from "@metrica/client/owner.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTime, formatTimeWithSeconds } from "@metrica/ui/format/time.ts";
import { describeStore } from "@metrica/ui/health.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { LiveCameras } from "./live-cameras.tsx";
import { OccupancyReset } from "./occupancy-reset.tsx";

interface LivePanelProps {
  live: Live;
  /** Whether the numbers arrive: the last request succeeded, and it was recent. */
  connected: boolean;
  /** Whether the page shows the visitors of today in another place. */
  hideVisitors: boolean;
}

/** The occupancy now, the totals of today and the cameras. */
export function LivePanel({ live, connected, hideVisitors }: LivePanelProps) {
  const { timezone } = live;
  return (
    <section
      aria-labelledby="now"
      className="overflow-hidden rounded-2xl border border-border bg-card shadow-card md:grid md:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]"
    >
      <div className="flex flex-col justify-between gap-7 p-5 sm:p-7">
        <div className="flex items-center justify-between gap-3">
          <h2 className="whitespace-nowrap text-muted-foreground text-sm" id="now">
            In the store now
          </h2>
          <LiveIndicator connected={connected} live={live} />
        </div>
        <div>
          <p
            aria-labelledby="now"
            className={cn(
              "font-semibold text-[88px] leading-[0.9] tracking-[-0.045em] tabular-nums sm:text-[120px]",
              live.occupancy === null && "text-input",
            )}
            data-testid="live-occupancy"
            role="status"
          >
            {formatCount(live.occupancy)}
          </p>
          {live.occupancy === null && <p className="mt-3 text-muted-foreground text-sm">No data today.</p>}
          <CapacityBar capacity={live.capacity} occupancy={live.occupancy} />
        </div>
      </div>
      <div className="grid content-between gap-5 border-border border-t bg-muted/50 p-5 sm:p-7 md:border-t-0 md:border-l">
        <dl className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-4">
          {!hideVisitors && (
            <Stat name="Visitors today" testId="live-visitors" value={formatCount(live.visitors_today)} />
          )}
          <Stat name="Exits today" testId="live-exits" value={formatCount(live.exits_today)} />
          <Stat
            name="Have left again"
            note="of today's visitors"
            testId="live-balance"
            value={formatShare(live.balance)}
          />
        </dl>
        <LiveCameras live={live} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-[13px] text-muted-foreground">
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

/** Whether the occupancy is live, and which cameras are missing. */
function LiveIndicator({ live, connected }: { live: Live; connected: boolean }) {
  const { label, tone } = describeLive(live, connected);
  return (
    <p
      className={cn("flex items-center gap-2 font-medium text-[13px]", textTones[tone])}
      data-testid="live-indicator"
      role="status"
    >
      <span aria-hidden="true" className="relative flex size-2 shrink-0">
        {tone === "live" && (
          <span className="absolute inset-0 animate-live-pulse rounded-full bg-success/50" />
        )}
        <span className={cn("relative size-2 rounded-full", dotTones[tone])} />
      </span>
      {label}
    </p>
  );
}

const textTones = { live: "text-success", incomplete: "text-warning", stopped: "text-muted-foreground" };
const dotTones = { live: "bg-success", incomplete: "bg-warning", stopped: "bg-input" };

/** Returns the text beside the occupancy. Only with all cameras online it is plainly live. */
export function describeLive(
  { health, is_open, as_of }: Pick<Live, "health" | "is_open" | "as_of">,
  connected: boolean,
): { label: string; tone: keyof typeof textTones } {
  const { label } = describeStore(health);
  if (!connected) return { label: "Not live · connection lost", tone: "stopped" };
  if (health.status === "online") return { label: is_open ? "Live" : "Live · store closed", tone: "live" };
  if (health.status === "degraded") return { label: `Incomplete · ${label}`, tone: "incomplete" };
  const seen =
    health.last_seen_at === null
      ? ""
      : `, last seen ${formatRelativeTime(health.last_seen_at, Date.parse(as_of))}`;
  return { label: `Not live · ${label.charAt(0).toLowerCase()}${label.slice(1)}${seen}`, tone: "stopped" };
}

function CapacityBar({ occupancy, capacity }: { occupancy: number | null; capacity: number | null }) {
  if (capacity === null || capacity === 0 || occupancy === null) return null;
  const share = occupancy / capacity;
  return (
    <div className="mt-5">
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-muted">
        <div
          className={cn(
            "h-full rounded-full transition-[width] duration-500",
            share >= 1 ? "bg-destructive" : share >= 0.85 ? "bg-warning" : "bg-chart-1",
          )}
          style={{ width: `${Math.min(share, 1) * 100}%` }}
        />
      </div>
      <p className="mt-2 text-[13px] text-muted-foreground tabular-nums" data-testid="capacity-share">
        {formatShare(share)} of capacity ({formatCount(capacity)})
        {share >= 1 && <strong className="font-semibold text-destructive"> · at capacity</strong>}
      </p>
    </div>
  );
}

function Stat({ name, note, value, testId }: { name: string; note?: string; value: string; testId: string }) {
  return (
    <div>
      <dt className="text-[13px] text-muted-foreground">{name}</dt>
      <dd
        className="mt-0.5 font-semibold text-3xl tracking-tight sm:text-4xl tabular-nums"
        data-testid={testId}
      >
        {value}
      </dd>
      {note !== undefined && <dd className="text-muted-foreground text-xs">{note}</dd>}
    </div>
  );
}
