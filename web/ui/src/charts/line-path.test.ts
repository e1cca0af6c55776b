import { describe, expect, it } from "vitest";
import { linePath, splitAtGaps } from "./line-path.ts";

describe("a line path", () => {
  it("is split where a value is unknown", () => {
    const points = [1, null, 3, 4, null].map((y, x) => ({ x, y }));
    expect(splitAtGaps(points)).toEqual([
      [{ x: 0, y: 1 }],
      [
        { x: 2, y: 3 },
        { x: 3, y: 4 },
      ],
    ]);
  });

  it("goes straight from point to point", () => {
    expect(
      linePath([
        { x: 0, y: 1 },
        { x: 10, y: 2.005 },
      ]),
    ).toBe("M0 1L10 2.01");
  });

  it("is a dot for a single point", () => {
    expect(linePath([{ x: 4, y: 2 }])).toBe("M4 2h0");
  });

  it("is split where closed hours were left out", () => {
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: 2, afterGap: true },
    ];
    expect(splitAtGaps(points)).toEqual([[{ x: 0, y: 1 }], [{ x: 1, y: 2 }]]);
  });
});
