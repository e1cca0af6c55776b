import { describe, expect, it } from "vitest";
import { layOutBars } from "./bar-layout.ts";
import type { Bar } from "./bucket.ts";

const frame = { width: 600, height: 260, top: 20, right: 0, bottom: 30 };

function bar(value: number | null, more: Partial<Bar> = {}): Bar {
  return {
    key: String(value),
    label: "09",
    title: "",
    value,
    state: "value",
    baseline: null,
    coverage: 1,
    ...more,
  };
}

describe("layOutBars", () => {
  it("scales bars with their values", () => {
    const { boxes, zeroY, axis } = layOutBars([bar(50), bar(100)], frame);
    expect(zeroY).toBe(230);
    expect(axis.max).toBe(100);
    expect(boxes.map((box) => box.height)).toEqual([105, 210]);
    expect(boxes.map((box) => box.y)).toEqual([125, 20]);
  });

  it("draws no bar without data", () => {
    const { boxes } = layOutBars([bar(10), bar(null, { state: "no_data" }), bar(0)], frame);
    expect(boxes[1]?.y).toBeNull();
    expect(boxes[2]?.y).toBe(230);
  });

  it("makes room for a baseline above all bars", () => {
    const { axis, boxes } = layOutBars([bar(10, { baseline: 95 })], frame);
    expect(axis.max).toBe(100);
    expect(boxes[0]?.baselineY).toBeCloseTo(30.5);
  });

  it("shares the width without gaps or overlap", () => {
    const { boxes, left } = layOutBars(
      Array.from({ length: 23 }, (_, index) => bar(index)),
      frame,
    );
    expect(boxes[0]?.slotX).toBe(left);
    for (const [index, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(box.slotX);
      expect(box.x + box.width).toBeLessThanOrEqual(box.slotX + box.slotWidth);
      const next = boxes[index + 1];
      expect(next?.slotX ?? 600).toBeCloseTo(box.slotX + box.slotWidth);
    }
  });

  it("omits labels that would touch", () => {
    const labels = (width: number) =>
      layOutBars(
        Array.from({ length: 24 }, (_, index) => bar(index)),
        { ...frame, width },
      ).boxes.filter((box) => box.labelled).length;
    expect(labels(1200)).toBe(24);
    expect(labels(400)).toBe(12);
  });

  it("cuts a bar that would flatten the others", () => {
    const { axis, boxes } = layOutBars(
      [20, 24, 30, 28, 700].map((value) => bar(value)),
      frame,
    );
    expect(axis.max).toBe(40);
    expect(boxes.map((box) => box.cut)).toEqual([false, false, false, false, true]);
    expect(boxes[4]?.y).toBe(frame.top);
    expect(boxes[2]?.height).toBeGreaterThan(150);
  });

  it("gives the occupancy an axis of its own with the same grid lines", () => {
    const { axis, occupancy, right } = layOutBars(
      [bar(100, { occupancy: 12.5 }), bar(50, { occupancy: null })],
      frame,
    );
    expect(occupancy?.axis.ticks).toHaveLength(axis.ticks.length);
    expect(occupancy?.axis.max).toBe(20);
    expect(occupancy?.limit).toBeNull();
    expect(right).toBeLessThan(frame.width);
    expect(layOutBars([bar(100)], frame).occupancy).toBeNull();
  });

  it("shows the capacity once the occupancy exceeds half of it", () => {
    const capacity = { value: 60, name: "Capacity 60" };
    const limitAt = (occupancy: number) => layOutBars([bar(9, { occupancy })], frame, capacity).occupancy;
    expect(limitAt(30)?.limit).toBeNull();
    expect(limitAt(31)?.limit).toEqual(capacity);
    expect(limitAt(31)?.axis.max).toBeGreaterThanOrEqual(60);
  });

  it("accepts an empty list", () => {
    expect(layOutBars([], frame).boxes).toEqual([]);
  });
});
