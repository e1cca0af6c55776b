import type { Camera, Store } from "@metrica/client/admin.ts";

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
