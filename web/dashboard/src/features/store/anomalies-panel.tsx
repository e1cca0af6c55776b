import type { Forecast } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/badge.tsx";
import { Panel } from "@metrica/ui/card.tsx";
import { plural } from "@metrica/ui/format/number.ts";
import { shortDay } from "@metrica/ui/format/time.ts";
import { Link } from "@tanstack/react-router";
import { hourWords, storeDay } from "./days-ahead.ts";
import { expectedWords } from "./expected.ts";

type Anomaly = Forecast["anomalies"][number];

interface AnomaliesPanelProps {
  forecast: Forecast;
  dayStart: string;
}

/** The hours of the last days that were far from what was expected of them; each leads to its day. */
export function AnomaliesPanel({ forecast, dayStart }: AnomaliesPanelProps) {
  if (forecast.reason !== null) return null;
  return (
    <Panel hint="Fully observed hours of the last seven days" title="Out of the ordinary">
      {forecast.anomalies.length === 0 ? (
        <p className="text-ink-soft text-sm" data-testid="no-anomalies">
          None was far outside its usual range.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {forecast.anomalies.map((anomaly) => (
            <AnomalyItem anomaly={anomaly} dayStart={dayStart} forecast={forecast} key={anomaly.start} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AnomalyItem({ anomaly, forecast, dayStart }: AnomaliesPanelProps & { anomaly: Anomaly }) {
  const { start, visitors, expected, low, high } = anomaly;
  const more = visitors > expected;
  return (
    <li
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2.5 first:pt-0 last:pb-0"
      data-testid="anomaly"
    >
      <div className="text-sm tabular-nums">
        <Link
          className="rounded font-medium hover:text-accent-strong"
          params={{ storeId: forecast.store_id }}
          search={{ date: storeDay(start, dayStart) }}
          to="/stores/$storeId"
        >
          {shortDay(start, forecast.timezone)}, {hourWords(anomaly, forecast.timezone)}
        </Link>
        <p className="text-[13px] text-ink-soft">
          {plural(visitors, "visitor")}; {expectedWords({ value: expected, low, high })}
        </p>
      </div>
      <Badge tone={more ? "accent" : "caution"}>{more ? "▲ more than usual" : "▼ fewer than usual"}</Badge>
    </li>
  );
}
