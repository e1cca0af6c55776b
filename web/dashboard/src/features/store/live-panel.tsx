import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Live } from "@metrica/client/owner.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { formatTime, formatTimeWithSeconds } from "@metrica/ui/format/time.ts";
import { describeStore } from "@metrica/ui/health.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import type { DefinedNumber } from "#features/help/definitions.ts";
import { DefinitionButton } from "./definition-button.tsx";
import { OccupancyReset } from "./occupancy-reset.tsx";

interface LivePanelProps {
  live: Live;
  /** When `live` arrived, in milliseconds since 1970 by the clock of this computer. */
  receivedAt: number;
  /** Whether the numbers arrive: the last request succeeded, and it was recent. */
  connected: boolean;
  /** Whether the page shows the visitors of today in another place. */
  hideVisitors: boolean;
}

/** The occupancy now and the totals of today, in one row on wide screens. */
export function LivePanel({ live, receivedAt, connected, hideVisitors }: LivePanelProps) {
  return (
    <section
      aria-labelledby="now"
      className="grid gap-x-8 gap-y-4 rounded-2xl border border-border bg-card p-4 shadow-card sm:px-6 md:grid-cols-[minmax(0,1fr)_auto] md:items-center"
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p
          aria-labelledby="now"
          className={cn(
            "font-semibold text-7xl leading-[0.9] tracking-[-0.045em] tabular-nums",
            live.occupancy === null && "text-input",
          )}
          data-testid="live-occupancy"
          role="status"
        >
          {formatCount(live.occupancy)}
        </p>
        <div className="min-w-48 flex-1">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <h2 className="text-sm" id="now">
              <Trans>In the store now</Trans>
            </h2>
            <DefinitionButton name={t`In the store now`} number="occupancy" />
            <LiveIndicator connected={connected} live={live} />
          </div>
          {live.occupancy === null && <p className="text-muted-foreground text-sm">{t`No data today.`}</p>}
          <CapacityBar capacity={live.capacity} occupancy={live.occupancy} />
          <p className="mt-1 text-[13px] text-muted-foreground tabular-nums">
            <LastCrossing live={live} receivedAt={receivedAt} />
            {live.last_reset_at !== null && (
              <> · {correctedText(formatTime(live.last_reset_at, live.timezone))}</>
            )}
          </p>
          <MissingCameras live={live} />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-3">
        {/* Three columns on a phone: the row keeps its height when the visitors are hidden, so that the page does not jump. */}
        <dl className="grid grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-8">
          {!hideVisitors && (
            <Stat
              name={t`Visitors today`}
              number="visitors"
              testId="live-visitors"
              value={formatCount(live.visitors_today)}
            />
          )}
          <Stat
            name={t`Exits today`}
            number="exits"
            testId="live-exits"
            value={formatCount(live.exits_today)}
          />
          <Stat
            name={t`Have left again`}
            number="balance"
            note={t`of today's visitors`}
            testId="live-balance"
            value={formatShare(live.balance)}
          />
        </dl>
        <OccupancyReset occupancy={live.occupancy} storeId={live.store_id} />
      </div>
    </section>
  );
}

function correctedText(time: string): string {
  return t`occupancy corrected at ${time}`;
}

/** `Last crossing 12 s ago`, by the clock of the server: `as_of` plus the time since it arrived. */
function LastCrossing({ live, receivedAt }: { live: Live; receivedAt: number }) {
  const now = useNow(1000);
  const { last_crossing_at, as_of, timezone } = live;
  if (last_crossing_at === null) return t`No crossings today`;
  const ago = formatRelativeTime(last_crossing_at, Date.parse(as_of) + Math.max(0, now - receivedAt));
  return (
    <Trans>
      Last crossing{" "}
      <time
        data-testid="last-crossing"
        dateTime={last_crossing_at}
        title={formatTimeWithSeconds(last_crossing_at, timezone)}
      >
        {ago}
      </time>
    </Trans>
  );
}

/** Says which crossings are missing in the occupancy while a counting camera is not online. */
function MissingCameras({ live: { cameras } }: { live: Live }) {
  const missing = cameras.filter(({ is_counting_line, status }) => is_counting_line && status !== "online");
  if (missing.length === 0 || missing.length === cameras.length) return null;
  const names = missing.map(({ name }) => name).join(", ");
  return (
    <p className="mt-1 text-[13px] text-warning" data-testid="missing-cameras">
      <Trans>The number may be wrong: crossings at {names} are missing.</Trans>
    </p>
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
  if (!connected) return { label: t`Not live · connection lost`, tone: "stopped" };
  if (health.status === "online") return { label: is_open ? t`Live` : t`Live · store closed`, tone: "live" };
  if (health.status === "degraded") {
    const { label } = describeStore(health);
    return { label: t`Incomplete · ${label}`, tone: "incomplete" };
  }
  if (health.status === "no_cameras") return { label: t`Not live · no cameras`, tone: "stopped" };
  if (health.last_seen_at === null) return { label: t`Not live · not connected yet`, tone: "stopped" };
  const ago = formatRelativeTime(health.last_seen_at, Date.parse(as_of));
  return { label: t`Not live · offline, last seen ${ago}`, tone: "stopped" };
}

function CapacityBar({ occupancy, capacity }: { occupancy: number | null; capacity: number | null }) {
  if (capacity === null || capacity === 0 || occupancy === null) return null;
  const share = occupancy / capacity;
  const [percent, places] = [formatShare(share), formatCount(capacity)];
  return (
    <div className="mt-2 max-w-sm">
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-muted">
        <div
          className={cn(
            "h-full rounded-full transition-[width] duration-500",
            share >= 1 ? "bg-destructive" : share >= 0.85 ? "bg-warning" : "bg-chart-1",
          )}
          style={{ width: `${Math.min(share, 1) * 100}%` }}
        />
      </div>
      <p className="mt-1 text-[13px] text-muted-foreground tabular-nums" data-testid="capacity-share">
        <Trans>
          {percent} of capacity ({places})
        </Trans>
        {share >= 1 && <strong className="font-semibold text-destructive"> · {t`at capacity`}</strong>}
      </p>
    </div>
  );
}

interface StatProps {
  name: string;
  number: DefinedNumber;
  note?: string;
  value: string;
  testId: string;
}

function Stat({ name, number, note, value, testId }: StatProps) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-[13px] text-muted-foreground">
        {name}
        <DefinitionButton name={name} number={number} />
      </dt>
      <dd className="mt-0.5 font-semibold text-2xl tracking-tight tabular-nums" data-testid={testId}>
        {value}
      </dd>
      {note !== undefined && <dd className="text-muted-foreground text-xs">{note}</dd>}
    </div>
  );
}
