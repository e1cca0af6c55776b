import type { Camera, Store } from "@metrica/client/admin.ts";

/** What the setup of a store shows: the store, one of its cameras, and what has arrived from it. */
export interface SetupState {
  store: Pick<Store, "opening_hours">;
  /** The camera that is set up; null without an active one. */
  camera: Pick<Camera, "last_seen_at" | "snapshot_at" | "line"> | null;
  /** The last crossing with the present line; null without one. */
  lastCrossingAt: string | null;
  /** Owners and pending invitations. */
  people: number;
}

export const stepNames = ["details", "camera", "connect", "snapshot", "line", "walk", "owner"] as const;

export type StepName = (typeof stepNames)[number];

/**
 * Returns the steps that are done. They follow from the data alone, so the setup can be left at any step and continued by somebody else.
 * Without a picture a line can be drawn too, which makes the picture unnecessary.
 */
export function findDone({ camera, lastCrossingAt, people }: SetupState): ReadonlySet<StepName> {
  const done: Record<StepName, boolean> = {
    details: true,
    camera: camera !== null,
    connect: camera !== null && camera.last_seen_at !== null,
    snapshot: camera !== null && (camera.snapshot_at !== null || camera.line !== null),
    line: camera !== null && camera.line !== null,
    walk: lastCrossingAt !== null && camera !== null && camera.line !== null,
    owner: people > 0,
  };
  return new Set(stepNames.filter((name) => done[name]));
}

/** Returns the first step that is not done; null when all are. */
export function findCurrent(done: ReadonlySet<StepName>): StepName | null {
  return stepNames.find((name) => !done.has(name)) ?? null;
}

/** Whether a camera has been connected and has a line. */
export function isSetUp({ last_seen_at, line }: Pick<Camera, "last_seen_at" | "line">): boolean {
  return last_seen_at !== null && line !== null;
}

/**
 * Returns the camera to set up: the one that the address names, else the first active one that is not finished, else the first active
 * one. Null without an active one.
 */
export function chooseCamera(cameras: readonly Camera[], wanted: string | undefined): Camera | null {
  const active = cameras.filter((camera) => camera.archived_at === null);
  return (
    active.find((camera) => camera.camera_id === wanted) ??
    active.find((camera) => !isSetUp(camera)) ??
    active[0] ??
    null
  );
}
