import type {
  Bucket,
  Dashboard,
  Forecast,
  Kpi,
  Live,
  Me,
  StoreComparison,
  StorePeriod,
  StoreSummary,
} from "@metrica/client/owner.ts";

/*
 * Answers of the owner API. The types are generated from its OpenAPI document, so that a change of the API changes them.
 */

export const storeId = "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b001";

const provenance = { generated: false, simulated: false };
const health = {
  status: "online",
  cameras_online: 2,
  cameras_total: 2,
  last_seen_at: "2026-11-24T14:59:50+01:00",
} as const;

export const me: Me = {
  user_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b002",
  email: "owner@example.org",
  is_superadmin: false,
  stores: [],
};

export function liveAnswer(changes: Partial<Live> = {}): Live {
  return {
    store_id: storeId,
    name: "Corner shop",
    timezone: "Europe/Rome",
    as_of: "2026-11-24T15:00:00+01:00",
    store_day: {
      date: "2026-11-24",
      start: "2026-11-24T00:00:00+01:00",
      end: "2026-11-25T00:00:00+01:00",
    },
    is_open: true,
    occupancy: 19,
    occupancy_state: "counted",
    capacity: 60,
    visitors_today: 312,
    exits_today: 293,
    unmatched_exits: 0,
    residual: null,
    balance: 0.94,
    last_crossing_at: "2026-11-24T14:59:48+01:00",
    last_reset_at: null,
    data_complete_until: "2026-11-24T14:59:00+01:00",
    health,
    cameras: [],
    former_cameras: { counted_in: 0, counted_out: 0 },
    provenance,
    ...changes,
  };
}

const kpi = { value: 312, comparable: 312, baseline: 290, change: 0.08, note: null };

/** Returns a bucket with 60 visitors; an hour by default. */
export function bucketAnswer(start: string, changes: Partial<Bucket> = {}): Bucket {
  const end = new Date(Date.parse(`${start.slice(0, 19)}Z`) + 3_600_000).toISOString().slice(0, 19);
  return {
    start,
    end: end + start.slice(19),
    visitors: 60,
    exits: 50,
    unmatched_exits: 0,
    residual: null,
    occupancy_average: 12.5,
    occupancy_end: 15,
    state: "value",
    coverage: 1,
    note: null,
    baseline_visitors: null,
    annotations: [],
    ...changes,
  };
}

export function dashboardAnswer(changes: Partial<Dashboard> = {}): Dashboard {
  return {
    store_id: storeId,
    name: "Corner shop",
    timezone: "Europe/Rome",
    first_weekday: 1,
    as_of: "2026-11-24T15:00:00+01:00",
    capacity: 60,
    period: "day",
    interval: "hour",
    date: "2026-11-24",
    window: {
      start: "2026-11-24T00:00:00+01:00",
      end: "2026-11-25T00:00:00+01:00",
      until: "2026-11-24T15:00:00+01:00",
      in_progress: true,
    },
    compare: null,
    data_complete_until: "2026-11-24T14:59:00+01:00",
    coverage: 1,
    kpis: {
      visitors: kpi,
      visitors_per_day: kpi,
      exits: kpi,
      dwell_s: kpi,
      occupancy_average: kpi,
      occupancy_peak: kpi,
      balance: kpi,
      unmatched_exits: kpi,
      residual: kpi,
      peak_hour: { hour: 12, visitors_per_hour: 60, baseline_hour: null, baseline_visitors_per_hour: null },
    },
    dwell_method: "so_far",
    buckets: [bucketAnswer("2026-11-24T12:00:00+01:00")],
    heatmap: [],
    provenance,
    ...changes,
  };
}

export function forecastAnswer(): Forecast {
  return {
    store_id: storeId,
    name: "Corner shop",
    timezone: "Europe/Rome",
    confidence: 0.8,
    history_weeks: 2,
    reason: "The forecast needs four weeks of history.",
    rest_of_today: null,
    hours: [],
    anomalies: [],
    provenance,
  };
}

export function periodAnswer(changes: Partial<StorePeriod> = {}): StorePeriod {
  return {
    period: "last7",
    start: "2026-11-17T00:00:00+01:00",
    end: "2026-11-24T00:00:00+01:00",
    until: "2026-11-24T00:00:00+01:00",
    visitors: 1000,
    exits: 990,
    dwell_s: 600,
    occupancy_average: 8,
    balance: 0.99,
    coverage: 1,
    compare: null,
    ...changes,
  };
}

/** Returns a comparison with the seven days before; of a day with the day a week before. */
export function comparisonAnswer(
  visitors: Partial<Kpi> = {},
  changes: Partial<StoreComparison> = {},
): StoreComparison {
  return {
    mode: "previous",
    match: "weekday",
    date: "2026-11-10",
    start: "2026-11-10T00:00:00+01:00",
    end: "2026-11-17T00:00:00+01:00",
    days: 7,
    days_left_out: 0,
    visitors: { ...kpi, ...visitors },
    ...changes,
  };
}

export function storeSummary(changes: Partial<StoreSummary> = {}): StoreSummary {
  return {
    store_id: storeId,
    name: "Corner shop",
    timezone: "Europe/Rome",
    is_open: true,
    occupancy: 19,
    occupancy_state: "counted",
    capacity: 60,
    visitors_today: 312,
    exits_today: 293,
    unmatched_exits: 0,
    residual: null,
    sparkline: [],
    period: null,
    data_complete_until: null,
    health,
    provenance,
    ...changes,
  };
}
