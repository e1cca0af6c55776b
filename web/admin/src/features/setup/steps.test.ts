import { describe, expect, it } from "vitest";
import { cameraAnswer } from "#testing/fixtures.ts";
import { chooseCamera, findCurrent, findDone, type SetupState } from "./steps.ts";

const seen = "2026-11-26T10:00:00Z";
const nothing: SetupState = {
  store: { opening_hours: null },
  camera: null,
  lastCrossingAt: null,
  people: 0,
};
const added = { last_seen_at: null, snapshot_at: null, line: null };

describe("the current step", () => {
  it.each<[string, Partial<SetupState>, string | null]>([
    ["of a new store", {}, "camera"],
    ["with a camera", { camera: added }, "connect"],
    ["with a heartbeat", { camera: { ...added, last_seen_at: seen } }, "snapshot"],
    ["with a picture", { camera: { ...added, last_seen_at: seen, snapshot_at: seen } }, "line"],
    ["with a line", { camera: { last_seen_at: seen, snapshot_at: seen, line: [0, 0.5, 1, 0.5] } }, "walk"],
    [
      "with a line that was drawn without a picture",
      { camera: { last_seen_at: seen, snapshot_at: null, line: [0, 0.5, 1, 0.5] } },
      "walk",
    ],
    [
      "with a crossing",
      { camera: { last_seen_at: seen, snapshot_at: seen, line: [0, 0.5, 1, 0.5] }, lastCrossingAt: seen },
      "owner",
    ],
    [
      "with an owner",
      {
        camera: { last_seen_at: seen, snapshot_at: seen, line: [0, 0.5, 1, 0.5] },
        lastCrossingAt: seen,
        people: 1,
      },
      null,
    ],
    ["with an owner who was invited first", { people: 1 }, "camera"],
    [
      "with crossings of the default line",
      { camera: { ...added, last_seen_at: seen, snapshot_at: seen }, lastCrossingAt: seen },
      "line",
    ],
  ])("%s", (_, changes, step) => {
    expect(findCurrent(findDone({ ...nothing, ...changes }))).toBe(step);
  });
});

describe("the camera that is set up", () => {
  const finished = cameraAnswer({ camera_id: "finished" });
  const fresh = cameraAnswer({ camera_id: "fresh", last_seen_at: null });
  const archived = cameraAnswer({ camera_id: "archived", archived_at: seen, last_seen_at: null });

  it("is the one of the address, else the first that is not finished, else the first", () => {
    expect(chooseCamera([archived, finished, fresh], "finished")?.camera_id).toBe("finished");
    expect(chooseCamera([archived, finished, fresh], "archived")?.camera_id).toBe("fresh");
    expect(chooseCamera([archived, finished], undefined)?.camera_id).toBe("finished");
    expect(chooseCamera([archived], undefined)).toBeNull();
  });
});
