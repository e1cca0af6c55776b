// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { cameraAnswer, cameraId, countCheck, countChecksAnswer } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const proven = { bias: 0, low: -0.015, high: 0.015, is_proven: true, people_needed: 0 };

function answer(response: ReturnType<typeof countChecksAnswer>) {
  server.use(http.get(`${apiUrl}/admin/cameras/:camera/count-checks`, () => HttpResponse.json(response)));
}

const open = () => openApp(`/cameras/${cameraId}/certificate`);

describe("the certificate of an entrance", () => {
  it("has the store, the entrance, the line, who counted, when, and both counts", async () => {
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera`, () =>
        HttpResponse.json(cameraAnswer({ worker_version: "0.2.0", model: "yolo26n" })),
      ),
    );
    answer(
      countChecksAnswer(
        [
          countCheck(),
          countCheck({ count_check_id: "2", use: "earlier_line", counted_by: "bob@example.com" }),
        ],
        {
          checks: 1,
          is_certificate: true,
          directions: [
            { direction: "IN", manual: 200, counted: 200, ...proven },
            { direction: "OUT", manual: 210, counted: 209, ...proven, bias: -1 / 210 },
          ],
        },
      ),
    );
    open();
    const certificate = within(await screen.findByTestId("certificate"));
    expect(certificate.getByRole("heading", { level: 1 }).textContent).toBe("Certificate of the count");
    expect(certificate.getByTestId("certificate-verdict").textContent).toContain("within ±2%");
    for (const text of ["Corner shop", "Door", "Version 1, since 1 November 2026", "0.2.0 · yolo26n"])
      expect(certificate.getByText(text)).toBeTruthy();
    const windows = certificate.getAllByTestId("certificate-window").map(({ textContent }) => textContent);
    expect(windows).toEqual(["25 Nov, 10:00–10:15admin@example.com160 / 6055 / 55"]);
    expect(certificate.getByText("25 November 2026")).toBeTruthy();
    const outs = within(certificate.getByTestId("assessment-OUT")).getAllByRole("cell");
    expect(outs.map(({ textContent }) => textContent)).toEqual(["210", "209", "−0.5%", "−1.5% to +1.5%"]);
    expect(certificate.getByRole("heading", { name: "What this does not say" })).toBeTruthy();
  });

  it("is a report while it proves nothing, and prints", async () => {
    const print = vi.fn();
    vi.stubGlobal("print", print);
    answer(countChecksAnswer([countCheck()]));
    open();
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Report on the count");
    expect(screen.getByTestId("certificate-verdict").textContent).toContain(
      "at least 150 IN and 150 OUT more",
    );
    await userEvent.click(screen.getByTestId("print"));
    expect(print).toHaveBeenCalledOnce();
  });

  it("leaves out the oldest windows of many", async () => {
    const days = Array.from({ length: 14 }, (_, index) =>
      countCheck({
        count_check_id: String(index),
        window_start: `2026-11-${25 - index}T09:00:00Z`,
        window_end: `2026-11-${25 - index}T09:15:00Z`,
      }),
    );
    answer(countChecksAnswer(days));
    open();
    expect(await screen.findAllByTestId("certificate-window")).toHaveLength(10);
    expect(screen.getByText("And 4 earlier windows, which the totals contain.")).toBeTruthy();
    expect(screen.getByText("12 November 2026 – 25 November 2026")).toBeTruthy();
  });

  it("without a check about the present line says what to do", async () => {
    answer(countChecksAnswer([countCheck({ use: "earlier_line" })], { checks: 0 }));
    open();
    expect(await screen.findByText("There is nothing to certify yet")).toBeTruthy();
    expect(screen.queryByTestId("print")).toBeNull();
  });

  it("says when the API fails", async () => {
    server.use(http.get(`${apiUrl}/admin/cameras/:camera/count-checks`, () => HttpResponse.error()));
    open();
    expect(await screen.findByRole("button", { name: "Try again" })).toBeTruthy();
  });
});
