import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Forecast } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
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
    <Panel description={t`Hours with complete data in the last seven days`} title={t`Unusual hours`}>
      {forecast.anomalies.length === 0 ? (
        <p className="text-muted-foreground text-sm" data-testid="no-anomalies">
          <Trans>All hours were within their expected range.</Trans>
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
  const count = plural(visitors, { one: "# visitor", other: "# visitors" });
  const range = formatExpected({ value: expected, low, high });
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
        <p className="text-[13px] text-muted-foreground">{t`${count}; ${range}`}</p>
      </div>
      <Badge variant={aboveExpected ? "default" : "warning"}>
        {aboveExpected ? t`▲ More than usual` : t`▼ Fewer than usual`}
      </Badge>
    </li>
  );
}
