import type { LiveCamera } from "@metrica/client/owner.ts";
import { describe, expect, it } from "vitest";
import { countedByFormerCameras } from "./former-cameras.ts";

const camera = (entries: number, exits: number, is_counting_line = true): LiveCamera => ({
  camera_id: "",
  name: "Door",
  is_counting_line,
  status: "online",
  last_seen_at: null,
  origin: "camera",
  in: entries,
  out: exits,
});

describe("what former cameras counted today", () => {
  it("is what the totals have besides the cameras of now", () => {
    const live = { cameras: [camera(3, 2), camera(4, 4)], visitors_today: 10, exits_today: 6 };
    expect(countedByFormerCameras(live)).toEqual({ in: 3, out: 0 });
  });

  it("does not mistake cameras that do not count for ones that do", () => {
    const live = { cameras: [camera(3, 2), camera(9, 9, false)], visitors_today: 3, exits_today: 2 };
    expect(countedByFormerCameras(live)).toEqual({ in: 0, out: 0 });
  });

  it("is nothing while the totals are not known", () => {
    expect(countedByFormerCameras({ cameras: [], visitors_today: null, exits_today: null })).toEqual({
      in: 0,
      out: 0,
    });
  });
});
