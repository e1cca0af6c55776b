import type { CountCheckCreate } from "@metrica/client/admin.ts";

export type Direction = "IN" | "OUT";

/** A manual count at the door: when it began, each tap, and when it ended. Times are in milliseconds since 1970. */
export interface Tally {
  start: number;
  taps: readonly (readonly [time: number, direction: Direction])[];
  /** Null while it runs. */
  end: number | null;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const partMinutes = 5;
/** As in the API. */
const maxParts = 96;

/** Parses a tally that was stored as JSON. Returns null for anything else. */
export function parseTally(text: string | null): Tally | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { start, taps, end } = value as Record<string, unknown>;
  const isTap = (tap: unknown) =>
    Array.isArray(tap) && typeof tap[0] === "number" && (tap[1] === "IN" || tap[1] === "OUT");
  if (typeof start !== "number" || !Array.isArray(taps) || !taps.every(isTap)) return null;
  if (end !== null && typeof end !== "number") return null;
  return { start, taps, end };
}

/** Returns how many people were counted in a direction. */
export function countTaps({ taps }: Tally, direction: Direction): number {
  return taps.filter(([, tapped]) => tapped === direction).length;
}

/** Whether a tally is too long for a count check: at most a day. */
export function isTooLong({ start }: Tally, end: number): boolean {
  return end - start > dayMs;
}

/**
 * Returns the count check of a tally that has ended, in parts of five minutes; longer ones when the tally takes more than eight hours. A
 * rest that is shorter than half a part belongs to the part before it.
 */
export function toCountCheck({ start, taps, end }: Tally & { end: number }, note: string): CountCheckCreate {
  const partMs =
    partMinutes * minuteMs * Math.max(1, Math.ceil((end - start) / (maxParts * partMinutes * minuteMs)));
  const number = Math.max(1, Math.round((end - start) / partMs));
  const parts = Array.from({ length: number }, (_, index) => ({
    end: new Date(index === number - 1 ? end : start + (index + 1) * partMs).toISOString(),
    manual_in: 0,
    manual_out: 0,
  }));
  for (const [time, direction] of taps) {
    const part = parts[Math.min(number - 1, Math.max(0, Math.floor((time - start) / partMs)))];
    if (part === undefined) continue;
    if (direction === "IN") part.manual_in += 1;
    else part.manual_out += 1;
  }
  return {
    window_start: new Date(start).toISOString(),
    window_end: new Date(end).toISOString(),
    manual_in: countTaps({ start, taps, end }, "IN"),
    manual_out: countTaps({ start, taps, end }, "OUT"),
    note: note.trim() === "" ? null : note.trim(),
    parts,
  };
}
