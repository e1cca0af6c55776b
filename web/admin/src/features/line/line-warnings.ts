import { t } from "@lingui/core/macro";
import type { Line, Point, Size } from "./geometry.ts";

/** What the edge box measures near the line of a camera. Null is unknown. */
export interface LineMeasurements {
  /** The median height of people as a share of the picture's height. */
  personHeight: number | null;
  /** Where tracks ended near the line in the last hour, `[x, y]` in 0..1. */
  trackEnds: readonly (readonly number[])[];
}

export const nothingMeasured: LineMeasurements = { personHeight: null, trackEnds: [] };

// `tests/unit/test_limits_agree.py` compares these numbers with those of the edge worker and its manual.

/** A track has to move this far, in heights of a person, to count: `min_travel` of the line counter. */
const roomBeyondLine = 0.3;
/** A door is 0.8 m wide, about half of the height of a person. */
const shortestLine = 0.5;
/** Smaller people are hardly detected: `docs/edge.md`. */
const smallestPerson = 40;
/** A track ends at the line at most this far from it, in heights of a person. */
const nearLine = 0.3;
/** Fewer track ends than this are chance. */
const manyTrackEnds = 5;
/** The height of people as a share of the picture's height while the edge box has not measured it. */
const usualPersonHeight = 0.3;

/**
 * Returns why a line may not count well, one sentence each with what to do. This is about the line as it is drawn, before it is saved;
 * what is wrong with the camera itself are the warnings and problems of the API.
 *
 * @param size The size of the picture in pixels.
 */
export function findLineWarnings(line: Line, size: Size, measured: LineMeasurements): string[] {
  const { personHeight, trackEnds } = measured;
  const height = (personHeight ?? usualPersonHeight) * size.height;
  const warnings: string[] = [];
  if (roomBeside(line, size) < roomBeyondLine * height)
    warnings.push(
      t`The line is too near the edge of the picture: people have to be seen on both sides of it. Move it towards the middle, or turn the camera.`,
    );
  if (lengthOf(line, size) < shortestLine * height)
    warnings.push(
      t`The line is shorter than half of the height of a person. It has to span the whole entrance: who passes its ends is not counted.`,
    );
  if (personHeight !== null && height < smallestPerson) {
    const pixels = Math.round(height);
    warnings.push(
      t`People are ${pixels} pixels tall here, and are hardly detected below ${smallestPerson}. Move the line to where they are nearer, use a stream with a higher resolution, or hang the camera nearer.`,
    );
  }
  const ended = trackEnds.filter(
    ([x = 0, y = 0]) => distanceTo(line, { x, y }, size) <= nearLine * height,
  ).length;
  if (ended >= manyTrackEnds)
    warnings.push(
      t`${ended} people were lost at this line in the last hour, where the picture shows dots. Move the line to where people are in full view.`,
    );
  return warnings;
}

/** The room in pixels between the middle of the line and the edge of the picture, on the side with less, across the line. */
function roomBeside([ax, ay, bx, by]: Line, { width, height }: Size): number {
  const [dx, dy] = [(bx - ax) * width, (by - ay) * height];
  const norm = Math.hypot(dx, dy);
  if (norm === 0) return 0;
  const across = { x: -dy / norm, y: dx / norm };
  const middle = { x: ((ax + bx) / 2) * width, y: ((ay + by) / 2) * height };
  return Math.min(
    ...[1, -1].map((side) =>
      Math.min(roomAlong(middle.x, across.x * side, width), roomAlong(middle.y, across.y * side, height)),
    ),
  );
}

/** How far one can go from a coordinate in a direction until the coordinate is 0 or `length`. */
function roomAlong(from: number, direction: number, length: number): number {
  if (direction === 0) return Number.POSITIVE_INFINITY;
  return (direction > 0 ? length - from : from) / Math.abs(direction);
}

function lengthOf([ax, ay, bx, by]: Line, { width, height }: Size): number {
  return Math.hypot((bx - ax) * width, (by - ay) * height);
}

/** The distance in pixels of a point from the line between its ends. */
function distanceTo([ax, ay, bx, by]: Line, { x, y }: Point, { width, height }: Size): number {
  const [dx, dy] = [(bx - ax) * width, (by - ay) * height];
  const [px, py] = [(x - ax) * width, (y - ay) * height];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
  return Math.hypot(px - share * dx, py - share * dy);
}
