// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { delay, HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, healthAnswer, healthStore } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const incident = {
  incident_id: "1",
  type: "picture_covered",
  camera_id: cameraId,
  detail: "The picture is covered.",
  remedy: "Clean the lens.",
  facts: {},
  started_at: "2026-11-26T10:00:00Z",
};
const withIncidents = (...incidents: object[]) =>
  http.get(`${apiUrl}/admin/incidents`, () => HttpResponse.json({ incidents, next_before: null }));
const withProblem = (type: string) =>
  http.get(`${apiUrl}/admin/health`, () =>
    HttpResponse.json(
      healthAnswer({
        stores: [
          healthStore({
            problems: [
              {
                type,
                detail: "It is slow.",
                remedy: "Use a smaller model.",
                facts: { reached_fps: 4, wanted_fps: 10 },
              } as never,
            ],
          }),
        ],
      }),
    ),
  );

const open = () => openApp(`/cameras/${cameraId}/live`);

describe("what is wrong with a camera", () => {
  it("is nothing while all is well, and while it is not known yet", async () => {
    server.use(
      http.get(`${apiUrl}/admin/incidents`, () => delay("infinite")),
      http.get(`${apiUrl}/admin/health`, () => delay("infinite")),
    );
    open();
    expect(await screen.findByText("No crossings in the last hour")).toBeTruthy();
    expect(screen.queryByTestId("camera-troubles")).toBeNull();
  });

  it("is what the edge box reports and the open incidents of this camera, each once", async () => {
    server.use(
      withProblem("slow"),
      withIncidents(
        incident,
        { ...incident, incident_id: "2", type: "slow" },
        {
          ...incident,
          incident_id: "3",
          camera_id: "other",
          detail: "Of another camera.",
        },
      ),
    );
    open();
    await screen.findByText(/^The picture is covered, dark, washed out or out of focus. Clean the lens/);
    expect(await screen.findByText(/^The edge box analyses 4 of 10 frames per second. Lower/)).toBeTruthy();
    expect(screen.getByTestId("camera-troubles").querySelectorAll("li")).toHaveLength(2);
  });

  it("is shown from the other source when one fails", async () => {
    server.use(
      http.get(`${apiUrl}/admin/health`, () => HttpResponse.error()),
      withIncidents(incident),
    );
    open();
    expect(await screen.findByText(/^The picture is covered, dark, washed out/)).toBeTruthy();
  });

  it("is that it is offline, with what to do", async () => {
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera`, () =>
        HttpResponse.json(cameraAnswer({ status: "offline" })),
      ),
    );
    open();
    const notice = await screen.findByTestId("camera-troubles");
    expect(notice.textContent).toContain("Offline: the last heartbeat arrived");
    expect(notice.textContent).toContain("run metrica-edge doctor");
  });
});
