import type { LiveCamera } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { countedByFormerCameras } from "./former-cameras.ts";

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

describe("what former cameras counted today", () => {
  it("is what cameras counted that the store has no more", () => {
    const live = { cameras: [camera(3, 2), camera(4, 4)], former_cameras: { counted_in: 3, counted_out: 0 } };
    expect(countedByFormerCameras(live)).toEqual({ in: 3, out: 0 });
  });

  it("is also what cameras counted before they stopped", () => {
    const live = {
      cameras: [camera(3, 2), camera(1, 2, false)],
      former_cameras: { counted_in: 1, counted_out: 0 },
    };
    expect(countedByFormerCameras(live)).toEqual({ in: 2, out: 2 });
  });
});
