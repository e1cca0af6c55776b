// @vitest-environment jsdom
import type { HealthProblem } from "@metrica/client/admin.ts";
import { loadProblemWords } from "@metrica/ui/error-text.ts";
import { testedLanguages } from "@metrica/ui/testing/languages.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { actionNames } from "#features/audit/words.ts";
import {
  cameraAnswer,
  cameraId,
  changedBy,
  countCheck,
  countChecksAnswer,
  crossingsAnswer,
  healthAnswer,
  healthCamera,
  healthStore,
  storeAnswer,
  storeId,
} from "#testing/fixtures.ts";
import { setUpAppLanguages } from "#testing/languages.ts";
import { apiUrl, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const { missing, openIn } = setUpAppLanguages();

const problemTypes = [
  "picture_moved",
  "slow",
  "clock_off",
  "refused_crossings",
  "totals_disagree",
  "other_instance",
] as const;

/** A camera with every kind of words: problems, measurements, an outdated worker, and observed days. */
function answerTroubles() {
  const problems = problemTypes.map(
    (type): HealthProblem => ({
      type,
      detail: "IN ENGLISH",
      remedy: "IN ENGLISH",
      facts: {
        reached_fps: 3.1,
        wanted_fps: 10,
        clock_offset_s: 7,
        crossings: 12,
        counted: 100,
        accounted: 99,
      },
    }),
  );
  const measured = healthCamera({
    ...{ problems, picture: "moved", fps_reached: 3.1, fps_wanted: 10, decode_ms: 4, inference_ms: 40 },
    ...{ person_height: 0.04, track_fragmentation: 1.25, clock_offset_s: -7, worker_version: "0.1.0" },
    ...{ backlog: 12, oldest_unsent_s: 90, is_counting_line: false },
  });
  const newer = healthCamera({ camera_id: `${cameraId}2`, worker_version: "0.2.0", origin: "simulated" });
  server.use(
    http.get(`${apiUrl}/admin/health`, () =>
      HttpResponse.json(
        healthAnswer({
          stores: [{ ...healthStore(), cameras: [measured, newer] }],
          time_zone_problems: [{ timezone: "Europe/Nowhere", detail: "The database does not know it." }],
        }),
      ),
    ),
    http.get(`${apiUrl}/admin/health/coverage`, () =>
      HttpResponse.json({
        cameras: [
          { camera_id: cameraId, days: [{ day: "2026-11-26", open_minutes: 480, observed_minutes: 470 }] },
        ],
      }),
    ),
    http.get(`${apiUrl}/admin/cameras/:camera/track-ends`, () =>
      HttpResponse.json({ points: Array.from({ length: 6 }, () => [0.5, 0.5]) }),
    ),
  );
}

describe.each(testedLanguages)("in %s", (language) => {
  it.each(["/sign-in", "/forgotten", "/welcome", "/nowhere"])("the page %s is complete", async (address) => {
    await openIn(language, address);
    await screen.findByRole("heading", { level: 1 });
    expect(missing).toEqual([]);
    expect(document.documentElement.lang).toBe(language);
  });

  it("the stores and the problems of their cameras are complete", async () => {
    answerTroubles();
    server.use(
      http.get(`${apiUrl}/admin/stores`, () =>
        HttpResponse.json({ stores: [storeAnswer({ archived_at: "2026-11-20T10:00:00Z" })] }),
      ),
    );
    await openIn(language, "/");
    await screen.findByTestId("coverage-strip");
    await screen.findByTestId("archived-stores");
    expect(document.body.textContent).not.toContain("IN ENGLISH");
    await userEvent.click(screen.getByTestId("add-store"));
    await userEvent.click(await screen.findByTestId("form-save"));
    await waitFor(() => expect(document.querySelector("[aria-invalid=true]")).not.toBeNull());
    expect(missing).toEqual([]);
  });

  it("the page of a store is complete", async () => {
    const key = {
      ...{ worker_key_id: "1", store_id: storeId, name: "Box", hint: "abcd", created_by: null },
      ...{ created_at: "2026-11-01T10:00:00Z", last_used_at: null, revoked_at: "2026-11-02T10:00:00Z" },
    };
    const owner = { user_id: "1", email: "owner@example.com", added_at: null, last_seen_at: null };
    const invite = {
      ...{ invite_id: "1", store_id: storeId, email: "new@example.com" },
      ...{ created_at: "2026-11-01T10:00:00Z", expires_at: "2026-12-01T10:00:00Z" },
    };
    server.use(
      http.get(`${apiUrl}/admin/stores/:store/worker-keys`, () => HttpResponse.json({ worker_keys: [key] })),
      http.get(`${apiUrl}/admin/stores/:store/owners`, () =>
        HttpResponse.json({ owners: [owner], invites: [invite] }),
      ),
      http.get(`${apiUrl}/admin/stores/:store/cameras`, () =>
        HttpResponse.json({
          cameras: [
            cameraAnswer({ backlog: 3, delivered_until: "2026-11-26T10:00:00Z", is_counting_line: false }),
            cameraAnswer({ camera_id: `${cameraId}2`, archived_at: "2026-11-20T10:00:00Z" }),
          ],
        }),
      ),
    );
    await openIn(language, `/stores/${storeId}`);
    await screen.findByTestId("worker-key");
    await screen.findByTestId("invite");
    await screen.findByTestId("archived-cameras");
    for (const dialog of ["edit-store", "add-camera", "add-key", "archive"]) {
      await userEvent.click(screen.getByTestId(dialog));
      await screen.findByRole(dialog === "archive" ? "alertdialog" : "dialog");
      await userEvent.keyboard("{Escape}");
    }
    expect(missing).toEqual([]);
  });

  it("the page of a camera is complete", async () => {
    answerTroubles();
    const camera = cameraAnswer({
      ...{ picture: "moved", view_accepted_at: "2026-11-26T10:00:00Z", sample_fps: 5, line: null },
      ...{ rejected_instance_id: "1", rejected_instance_at: "2026-11-26T10:00:00Z", last_seen_at: null },
      warnings: (["few_frames_set", "few_frames_reached"] as const).map((type) => ({
        ...{ type, message: "IN ENGLISH", facts: { fps: 5, reliable_fps: 8 } },
      })),
    });
    server.use(http.get(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(camera)));
    await openIn(language, `/cameras/${cameraId}`);
    await screen.findByTestId("line-warnings");
    expect(screen.getByTestId("line-warnings").textContent).not.toContain("IN ENGLISH");
    await screen.findByTestId("add-count-check");
    for (const dialog of ["edit-camera", "add-count-check", "accept-view", "accept-instance", "archive"]) {
      await userEvent.click(screen.getByTestId(dialog));
      await waitFor(() => expect(document.querySelector("[role=dialog],[role=alertdialog]")).not.toBeNull());
      await userEvent.keyboard("{Escape}");
    }
    expect(missing).toEqual([]);
  });

  it("a conflict of two administrators is complete", async () => {
    server.use(
      http.patch(`${apiUrl}/admin/cameras/:camera`, () =>
        HttpResponse.json(
          changedBy("anna@example.com", cameraAnswer({ name: "Their name", ignore_children: true })),
          { status: 412 },
        ),
      ),
    );
    await openIn(language, `/cameras/${cameraId}`);
    await userEvent.click(await screen.findByTestId("edit-camera"));
    await userEvent.type(await screen.findByTestId("camera-name-field"), "!");
    await userEvent.click(screen.getByTestId("form-save"));
    await screen.findByTestId("conflict");
    expect(missing).toEqual([]);
  });

  it("what the API refuses is explained at its field", async () => {
    const error = {
      ...{ loc: ["body", "sample_fps"], type: "too_few_frames", message: "IN ENGLISH" },
      params: { min_fps: 4, reliable_fps: 8 },
    };
    const problem = {
      type: "validation_error",
      title: "Not valid",
      status: 422,
      detail: "No.",
      errors: [error],
    };
    server.use(
      http.patch(`${apiUrl}/admin/cameras/:camera`, () => HttpResponse.json(problem, { status: 422 })),
    );
    await openIn(language, `/cameras/${cameraId}`);
    await userEvent.click(await screen.findByTestId("edit-camera"));
    const field = await screen.findByTestId("camera-fps-field");
    await loadProblemWords();
    await userEvent.click(screen.getByTestId("form-save"));
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
    const note = document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent;
    expect(note).toMatch(language === "en" ? /^IN ENGLISH$/ : /4 .*8\.$/);
    expect(missing).toEqual([]);
  });

  it("the live test is complete", async () => {
    answerTroubles();
    const crossing = {
      ...{ event_id: "1", direction: "IN" as const, ts: "2026-11-26T09:59:58Z" },
      ...{ received_at: "2026-11-26T10:00:00Z", delay_s: 1.5 },
    };
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () =>
        HttpResponse.json(crossingsAnswer({ crossings: [crossing], left_out: true })),
      ),
    );
    await openIn(language, `/cameras/${cameraId}/live`);
    await screen.findByTestId("crossing");
    await screen.findByTestId("camera-troubles");
    expect(document.body.textContent).not.toContain("IN ENGLISH");
    expect(missing).toEqual([]);
  });

  it.each([
    ["details", "setup-edit-store"],
    ["camera", "setup-camera"],
    ["connect", "setup-create-key"],
    ["snapshot", "request-snapshot"],
    ["line", "line-editor"],
    ["walk", "setup-walk-status"],
    ["owner", "invite-email"],
  ])("the step %s of the setup is complete", async (step, testId) => {
    answerTroubles();
    await openIn(language, `/stores/${storeId}/setup`);
    const toggle = await screen.findByTestId(`setup-${step}-toggle`);
    if (toggle.getAttribute("aria-expanded") !== "true") await userEvent.click(toggle);
    await screen.findByTestId(testId);
    expect(missing).toEqual([]);
  });

  it("the count checks and their certificate are complete", async () => {
    const check = countCheck();
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera/count-checks`, () =>
        HttpResponse.json(
          countChecksAnswer([check, { ...check, count_check_id: "2", use: "overlapping" }], { checks: 1 }),
        ),
      ),
    );
    await openIn(language, `/cameras/${cameraId}`);
    await screen.findByTestId("assessment");
    cleanup();
    await openIn(language, `/cameras/${cameraId}/certificate`);
    await screen.findByTestId("certificate");
    expect(missing).toEqual([]);
  });

  it("the manual count at the door is complete", async () => {
    await openIn(language, `/cameras/${cameraId}/count`);
    await userEvent.click(await screen.findByTestId("tally-start"));
    await userEvent.click(await screen.findByTestId("tally-IN"));
    await userEvent.click(screen.getByTestId("tally-finish"));
    await screen.findByTestId("tally-save");
    expect(missing).toEqual([]);
  });

  it("the audit log is complete", async () => {
    const entries = Object.keys(actionNames()).map((action, index) => ({
      ...{ entry_id: index, at: "2026-11-26T10:00:00Z", actor_id: null, actor_email: null, action },
      ...{ store_id: storeId, subject_type: "camera", subject_id: cameraId },
      before: { anchor: "foot", line: null, ignore_children: false, name: null },
      after: {
        anchor: "center",
        line: [0, 0.5, 1, 0.5],
        ignore_children: true,
        minimum_severity: "critical",
      },
    }));
    server.use(http.get(`${apiUrl}/admin/audit`, () => HttpResponse.json({ entries, next_before: null })));
    // The names were asked for before the catalogue was loaded.
    missing.length = 0;
    await openIn(language, `/audit?store=${storeId}&action=camera.line`);
    expect(await screen.findAllByTestId("audit-entry")).toHaveLength(entries.length);
    expect(missing).toEqual([]);
  });
});
