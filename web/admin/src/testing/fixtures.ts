import type {
  Camera,
  CountAssessment,
  CountCheck,
  CountChecks,
  Crossings,
  Health,
  HealthCamera,
  HealthStore,
  HolidayCountry,
  Store,
} from "@metrica/client/admin.ts";

export const storeId = "0b7c7f6e-3c8f-4a53-9f0e-2f1f6f0a9d11";
export const cameraId = "5d1a7a34-0a3e-4f0e-8a44-6b3c0c1f7a02";

export function storeAnswer(changes: Partial<Store> = {}): Store {
  return {
    store_id: storeId,
    etag: '"store-1"',
    name: "Corner shop",
    timezone: "Europe/Berlin",
    day_start: "00:00",
    opening_hours: { mon: [["09:00", "20:00"]] },
    closing_grace_minutes: 60,
    capacity: 60,
    country: null,
    region: null,
    closed_on_holidays: false,
    first_weekday: 1,
    created_at: "2026-11-01T10:00:00Z",
    archived_at: null,
    cameras: 1,
    cameras_online: 1,
    owners: 0,
    pending_invites: 0,
    ...changes,
  };
}

export function cameraAnswer(changes: Partial<Camera> = {}): Camera {
  return {
    camera_id: cameraId,
    store_id: storeId,
    etag: '"camera-1"',
    name: "Door",
    origin: "camera",
    is_counting_line: true,
    line: [0.1, 0.5, 0.9, 0.5],
    anchor: "foot",
    line_version: 1,
    sample_fps: 10,
    snapshot_interval_s: 0,
    min_stay_s: 0,
    ignore_children: false,
    status: "online",
    last_seen_at: "2026-11-26T10:00:00Z",
    delivered_until: null,
    worker_version: null,
    model: null,
    backlog: null,
    oldest_unsent_s: null,
    total_in: null,
    total_out: null,
    snapshot_requested_at: null,
    snapshot_at: null,
    created_at: "2026-11-01T10:00:00Z",
    archived_at: null,
    instance_id: null,
    rejected_instance_id: null,
    rejected_instance_at: null,
    picture: null,
    view_accepted_at: null,
    warnings: [],
    ...changes,
  };
}

export const holidayCountries: HolidayCountry[] = [
  { country: "DE", regions: [{ region: "BY", name: "Bayern" }] },
  { country: "IT", regions: [] },
];

export function healthAnswer(changes: Partial<Health> = {}): Health {
  return {
    checked_at: "2026-11-26T10:00:00Z",
    stores: [],
    summary: { online: 0, offline: 0, never_seen: 0 },
    time_zone_problems: [],
    ...changes,
  };
}

/** A camera whose edge box has reported nothing but that it is online. */
export function healthCamera(changes: Partial<HealthCamera> = {}): HealthCamera {
  return {
    camera_id: cameraId,
    name: "Door",
    origin: "camera",
    is_counting_line: true,
    status: "online",
    last_seen_at: "2026-11-26T10:00:00Z",
    delivered_until: null,
    backlog: null,
    oldest_unsent_s: null,
    worker_version: null,
    model: null,
    refused: null,
    lost: null,
    set_aside: null,
    instance_id: null,
    rejected_instance_id: null,
    rejected_instance_at: null,
    total_in: null,
    total_out: null,
    totals_difference: null,
    picture: null,
    track_fragmentation: null,
    fps_wanted: null,
    fps_reached: null,
    decode_ms: null,
    inference_ms: null,
    device: null,
    clock_offset_s: null,
    person_height: null,
    problems: [],
    count_check: null,
    ...changes,
  };
}

/** A store with one such camera. */
export function healthStore(camera: Partial<HealthCamera> = {}): HealthStore {
  return {
    store_id: storeId,
    name: "Corner shop",
    timezone: "Europe/Berlin",
    cameras: [healthCamera(camera)],
  };
}

export function crossingsAnswer(changes: Partial<Crossings> = {}): Crossings {
  return {
    crossings: [],
    left_out: false,
    next_after: "2026-11-26T10:00:00Z",
    line_used_from: "2026-11-26T09:00:00Z",
    last_crossing_at: null,
    ...changes,
  };
}

export function countCheck(changes: Partial<CountCheck> = {}): CountCheck {
  const window = { window_start: "2026-11-25T09:00:00Z", window_end: "2026-11-25T09:15:00Z" };
  const counts = { manual_in: 60, manual_out: 55, counted_in: 60, counted_out: 55 };
  return {
    count_check_id: "3c0e6a3c-52b4-4b57-8d0e-4d1d0f6f9a01",
    camera_id: cameraId,
    ...window,
    ...counts,
    accuracy: 1,
    note: null,
    created_at: "2026-11-25T09:16:00Z",
    counted_by: "admin@example.com",
    complete: true,
    parts: [{ start: window.window_start, end: window.window_end, ...counts }],
    use: "used",
    ...changes,
  };
}

/** The count checks of a camera; without changes none, so that 150 people of each direction are needed. */
export function countChecksAnswer(
  checks: readonly CountCheck[] = [],
  changes: Partial<CountAssessment> = {},
): CountChecks {
  const direction = { manual: 0, counted: 0, bias: null, low: null, high: null, is_proven: false };
  return {
    count_checks: [...checks],
    assessment: {
      margin: 0.02,
      confidence: 0.95,
      counts_from: "2026-11-01T10:00:35Z",
      line_version: 1,
      checks: checks.length,
      directions: [
        { direction: "IN", ...direction, people_needed: 150 },
        { direction: "OUT", ...direction, people_needed: 150 },
      ],
      is_certificate: false,
      ...changes,
    },
  };
}

/** The body of a 412: what the resource is now, and who changed it. */
export function changedBy(email: string, current: Store | Camera) {
  return {
    type: "precondition_failed",
    title: "Changed by somebody else",
    status: 412,
    detail: `${email} has changed this.`,
    current,
    changed_by: email,
    changed_at: "2026-11-26T10:32:00Z",
  };
}
