import type { HealthCamera } from "@metrica/client/admin.ts";
import { expect, test } from "vitest";
import { formatMeasurements } from "./format-measurements.ts";

const unknown = {
  picture: null,
  track_fragmentation: null,
  fps_wanted: null,
  fps_reached: null,
  decode_ms: null,
  inference_ms: null,
  device: null,
  clock_offset_s: null,
  person_height: null,
} as HealthCamera;

test("unknown measurements are left out", () => {
  expect(formatMeasurements(unknown)).toBe("");
  expect(formatMeasurements({ ...unknown, fps_reached: 7.5 })).toBe("7.5 frames/s");
});

test("all measurements are one line with units", () => {
  const camera = {
    ...unknown,
    picture: "ok",
    fps_wanted: 10,
    fps_reached: 9.96,
    decode_ms: 2.5,
    inference_ms: 31.26,
    device: "openvino:cpu",
    person_height: 0.254,
    track_fragmentation: 1.1,
    clock_offset_s: -0.34,
  } as HealthCamera;
  expect(formatMeasurements(camera)).toBe(
    "picture ok · 10.0 of 10.0 frames/s · decoding 2.5 ms · inference 31.3 ms · openvino:cpu" +
      " · people 25% of the picture · 1.10 tracks per crossing · clock −0.3 s",
  );
});
