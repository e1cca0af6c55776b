import type { LiveCamera } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { formerCameraTotals } from "./live-cameras.tsx";

const camera = (counted_in: number, counted_out: number, is_counting_line = true): LiveCamera => ({
  camera_id: "",
  name: "Door",
  is_counting_line,
  status: "online",
  last_seen_at: null,
  origin: "camera",
  in: 9,
  out: 9,
  counted_in,
  counted_out,
});

describe("formerCameraTotals", () => {
  it("has the crossings of removed cameras", () => {
    const live = { cameras: [camera(3, 2), camera(4, 4)], former_cameras: { counted_in: 3, counted_out: 0 } };
    expect(formerCameraTotals(live)).toEqual({ in: 3, out: 0 });
  });

  it("has the crossings of cameras that stopped counting", () => {
    const live = {
      cameras: [camera(3, 2), camera(1, 2, false)],
      former_cameras: { counted_in: 1, counted_out: 0 },
    };
    expect(formerCameraTotals(live)).toEqual({ in: 2, out: 2 });
  });
});
