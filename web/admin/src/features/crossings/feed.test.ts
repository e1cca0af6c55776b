import type { Crossing } from "@metrica/client/admin.ts";
import { describe, expect, it } from "vitest";
import { crossingsAnswer } from "#testing/fixtures.ts";
import { formatDelay, maxCrossings, mergeCrossings } from "./feed.ts";

const crossing = (second: number, changes: Partial<Crossing> = {}): Crossing => ({
  event_id: `event-${second}`,
  direction: "IN",
  ts: new Date(Date.UTC(2026, 10, 26, 10, 0, second)).toISOString(),
  received_at: new Date(Date.UTC(2026, 10, 26, 10, 0, second + 1)).toISOString(),
  delay_s: 1,
  ...changes,
});

describe("the feed of crossings", () => {
  it("keeps a crossing that a response repeats once, and what is stored last is first", () => {
    const first = mergeCrossings(undefined, crossingsAnswer({ crossings: [crossing(2), crossing(1)] }));
    const second = mergeCrossings(
      first,
      crossingsAnswer({ crossings: [crossing(3), crossing(2)], next_after: "2026-11-26T10:00:09Z" }),
    );
    expect(second.crossings.map(({ event_id }) => event_id)).toEqual(["event-3", "event-2", "event-1"]);
    expect(second.nextAfter).toBe("2026-11-26T10:00:09Z");
    expect(second.leftOut).toBe(false);
  });

  it("has a crossing that arrived late where it arrived", () => {
    const late = crossing(0, { event_id: "late", received_at: "2026-11-26T10:05:00Z", delay_s: 300 });
    const first = mergeCrossings(undefined, crossingsAnswer({ crossings: [crossing(2)] }));
    expect(mergeCrossings(first, crossingsAnswer({ crossings: [late] })).crossings[0]?.event_id).toBe("late");
  });

  it("says when it has left out crossings", () => {
    const many = Array.from({ length: maxCrossings }, (_, index) => crossing(maxCrossings - index));
    const full = mergeCrossings(undefined, crossingsAnswer({ crossings: many }));
    expect(full.leftOut).toBe(false);
    const next = mergeCrossings(full, crossingsAnswer({ crossings: [crossing(200)] }));
    expect(next.leftOut).toBe(true);
    expect(next.crossings).toHaveLength(maxCrossings);
    expect(next.crossings[0]?.event_id).toBe("event-200");
  });
});

describe("a delay", () => {
  it.each([
    [0.84, "0.8 s"],
    [12.4, "12 s"],
    [200, "3 min"],
    [-1.26, "−1.3 s"],
  ])("of %d seconds is %s", (seconds, text) => {
    expect(formatDelay(seconds)).toBe(text);
  });
});
