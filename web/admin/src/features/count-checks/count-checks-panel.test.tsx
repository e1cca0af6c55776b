// @vitest-environment jsdom
import type { CountCheckCreate } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { cameraAnswer, cameraId, countCheck, countChecksAnswer } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const url = `${apiUrl}/admin/cameras/:camera/count-checks`;
const panel = async () => within(await screen.findByRole("region", { name: "Count checks" }));
const open = () => openApp(`/cameras/${cameraId}`);

describe("the count checks of a camera", () => {
  it("without one say how many people a certificate needs", async () => {
    open();
    expect(await (await panel()).findByText(/About 150 people of each direction/)).toBeTruthy();
    expect((await panel()).queryByTestId("certificate-link")).toBeNull();
    expect((await panel()).getByTestId("count-people").getAttribute("href")).toBe(
      `/cameras/${cameraId}/count`,
    );
  });

  it("are listed with the assessment, and with why one is not used", async () => {
    const unused = countCheck({ count_check_id: "2", note: "By Ada.", use: "incomplete", complete: false });
    server.use(
      http.get(url, () => HttpResponse.json(countChecksAnswer([countCheck(), unused], { checks: 1 }))),
    );
    open();
    const rows = await (await panel()).findAllByTestId("count-check");
    expect(rows).toHaveLength(2);
    expect(rows[1]?.textContent).toContain("By Ada. Not used: crossings of this time had not arrived yet.");
    expect((await panel()).getByTestId("assessment-verdict").textContent).toContain("at least 150 IN");
    expect((await panel()).getByText("From 1 check with version 1 of the line.")).toBeTruthy();
    expect((await panel()).getByTestId("certificate-link")).toBeTruthy();
  });

  it("of an archived camera cannot be counted anew", async () => {
    server.use(
      http.get(`${apiUrl}/admin/cameras/:camera`, () =>
        HttpResponse.json(cameraAnswer({ archived_at: "2026-11-26T10:00:00Z" })),
      ),
    );
    open();
    expect((await panel()).queryByTestId("count-people")).toBeNull();
  });

  it("say when the API fails", async () => {
    server.use(http.get(url, () => HttpResponse.error()));
    open();
    expect(await (await panel()).findByRole("button", { name: "Try again" })).toBeTruthy();
  });
});

describe("the form of a manual count", () => {
  const fill = async (ins: string, outs: string) => {
    await userEvent.click(await screen.findByTestId("add-count-check"));
    await userEvent.type(await screen.findByTestId("check-manual_in"), ins);
    await userEvent.type(screen.getByTestId("check-manual_out"), outs);
    await userEvent.click(screen.getByTestId("form-save"));
  };

  it("sends the last full hour, and closes", async () => {
    const posted: CountCheckCreate[] = [];
    server.use(
      http.post(url, async ({ request }) => {
        posted.push((await request.json()) as CountCheckCreate);
        return HttpResponse.json(countCheck(), { status: 201 });
      }),
    );
    open();
    await fill("10", "12");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ manual_in: 10, manual_out: 12, note: null });
    const [start, end] = [posted[0]?.window_start ?? "", posted[0]?.window_end ?? ""];
    expect(Date.parse(end) - Date.parse(start)).toBe(3_600_000);
  });

  it("says at the fields what is wrong", async () => {
    open();
    await fill("x", "-1");
    const dialog = within(screen.getByRole("dialog"));
    await waitFor(() => expect(dialog.getAllByRole("alert").length).toBeGreaterThanOrEqual(2));
  });

  it("shows why the API refuses it", async () => {
    server.use(
      http.post(url, () =>
        HttpResponse.json(
          { type: "window_not_over", title: "x", status: 409, detail: "The window ends in the future." },
          { status: 409 },
        ),
      ),
    );
    open();
    await fill("1", "1");
    expect(await screen.findByText("The window ends in the future.")).toBeTruthy();
    expect(screen.getByRole("dialog")).toBeTruthy();
  });
});
