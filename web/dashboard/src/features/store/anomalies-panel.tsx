import type { Forecast } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { pluralize } from "@metrica/ui/format/number.ts";
import { formatDay, formatTimeRange } from "@metrica/ui/format/time.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { Link } from "@tanstack/react-router";
import { formatExpected, storeDayOf } from "./forecast.ts";

type Anomaly = Forecast["anomalies"][number];

interface AnomaliesPanelProps {
  forecast: Forecast;
  dayStart: string;
}

/** The recent hours with far more or fewer visitors than expected. Each one links to its day. */
export function AnomaliesPanel({ forecast, dayStart }: AnomaliesPanelProps) {
  if (forecast.reason !== null) return null;
  return (
    <Panel description="Hours with complete data in the last seven days" title="Unusual hours">
      {forecast.anomalies.length === 0 ? (
        <p className="text-muted-foreground text-sm" data-testid="no-anomalies">
          All hours were within their expected range.
        </p>
      ) : (
        <ul className="divide-y divide-border">
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
  const aboveExpected = visitors > expected;
  return (
    <li
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2.5 first:pt-0 last:pb-0"
      data-testid="anomaly"
    >
      <div className="text-sm tabular-nums">
        <Link
          className="rounded font-medium hover:text-accent-foreground"
          params={{ storeId: forecast.store_id }}
          search={{ date: storeDayOf(start, dayStart) }}
          to="/stores/$storeId"
        >
          {formatDay(start, forecast.timezone)}, {formatTimeRange(anomaly, forecast.timezone)}
        </Link>
        <p className="text-[13px] text-muted-foreground">
          {pluralize(visitors, "visitor")}; {formatExpected({ value: expected, low, high })}
        </p>
      </div>
      <Badge variant={aboveExpected ? "default" : "warning"}>
        {aboveExpected ? "▲ More than usual" : "▼ Fewer than usual"}
      </Badge>
    </li>
  );
}
