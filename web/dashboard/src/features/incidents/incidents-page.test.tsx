// @vitest-environment jsdom
import type { Incident } from "@metrica/client/owner.ts";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { answerMe, incidentAnswer, problem } from "#testing/settings-fixtures.ts";

setUpServer();
const url = `${apiUrl}/stores/${storeId}/incidents`;

let incidents: Incident[];
let changes: unknown[];

beforeEach(() => {
  incidents = [incidentAnswer()];
  changes = [];
  answerMe();
  server.use(
    http.get(url, ({ request }) => {
      const onlyOpen = new URL(request.url).searchParams.get("open") === "true";
      return HttpResponse.json({
        store_id: storeId,
        incidents: incidents.filter(({ closed_at }) => !onlyOpen || closed_at === null),
        next_before: null,
      });
    }),
    http.patch(`${url}/:incident`, async ({ request }) => {
      const body = (await request.json()) as {
        acknowledged?: boolean;
        muted_until?: string | null;
        closed?: true;
      };
      changes.push(body);
      const time = "2026-11-24T13:00:00+01:00";
      incidents = incidents.map((incident) => ({
        ...incident,
        ...("acknowledged" in body ? { acknowledged_at: body.acknowledged ? time : null } : {}),
        ...("muted_until" in body ? { muted_until: body.muted_until ?? null } : {}),
        ...(body.closed === true ? { closed_at: time } : {}),
      }));
      return HttpResponse.json(incidents[0]);
    }),
  );
});

const openPage = (search = "") => openApp(`/stores/${storeId}/settings/incidents${search}`);

describe("the incidents", () => {
  it("have what is wrong, since when, and what to check", async () => {
    openPage();
    expect((await screen.findByTestId("incident")).textContent).toMatch(
      /^Camera offlineDoor · since 24 Nov, 12:00CriticalThe edge box .* arrive later.What to check: Check its power and its network./,
    );
  });

  it("that are closed are shown on demand, without actions", async () => {
    incidents = [
      incidentAnswer({ closed_at: "2026-11-24T13:00:00+01:00", ended_at: "2026-11-24T13:00:00+01:00" }),
    ];
    const { router } = openPage();
    await screen.findByText("No open incidents");
    await userEvent.click(screen.getByRole("link", { name: "All" }));
    expect((await screen.findByTestId("incident")).textContent).toBe(
      "Camera offlineDoor · since 24 Nov, 12:00 · ended 24 Nov, 13:00ClosedThe edge box of this camera sends nothing. Crossings that it counts meanwhile arrive later.",
    );
    expect(router.state.location.search).toEqual({ show: "all" });
    expect(screen.queryByRole("button", { name: "Acknowledge" })).toBeNull();
  });

  it("are loaded in pages", async () => {
    const page = (first: number, count: number) =>
      Array.from({ length: count }, (_, index) => incidentAnswer({ incident_id: String(first + index) }));
    server.use(
      http.get(url, ({ request }) => {
        const before = new URL(request.url).searchParams.get("before");
        return HttpResponse.json(
          before === null
            ? { store_id: storeId, incidents: page(0, 20), next_before: "19" }
            : { store_id: storeId, incidents: before === "19" ? page(20, 3) : [], next_before: null },
        );
      }),
    );
    openPage();
    expect(await screen.findAllByTestId("incident")).toHaveLength(20);
    await userEvent.click(screen.getByRole("button", { name: "Show older incidents" }));
    await waitFor(() => expect(screen.getAllByTestId("incident")).toHaveLength(23));
    expect(screen.queryByRole("button", { name: "Show older incidents" })).toBeNull();
  });
});

describe("an incident", () => {
  it("is acknowledged, and the acknowledgement is undone", async () => {
    openPage();
    await userEvent.click(await screen.findByRole("button", { name: "Acknowledge" }));
    await userEvent.click(await screen.findByRole("button", { name: "Undo acknowledgement" }));
    await screen.findByRole("button", { name: "Acknowledge" });
    expect(changes).toEqual([{ acknowledged: true }, { acknowledged: false }]);
  });

  it("is muted for a day, and notifies again", async () => {
    openPage();
    const before = Date.now();
    await userEvent.click(await screen.findByRole("button", { name: "Mute" }));
    await userEvent.click(await screen.findByTestId("form-save"));
    await userEvent.click(await screen.findByRole("button", { name: "Notify again" }));
    await screen.findByRole("button", { name: "Mute" });
    const [muted, again] = changes as { muted_until: string | null }[];
    const hours = (Date.parse(muted?.muted_until ?? "") - before) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThan(24.1);
    expect(again).toEqual({ muted_until: null });
  });

  it("is muted until a time of the store; the API's error is at the field", async () => {
    const user = userEvent.setup();
    openPage();
    await user.click(await screen.findByRole("button", { name: "Mute" }));
    await user.selectOptions(await screen.findByTestId("mute-duration"), "until");
    const until = screen.getByTestId<HTMLInputElement>("mute-until");
    await user.clear(until);
    await user.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("Enter a date and a time.")).toBeTruthy();
    await user.type(until, "2027-07-01T09:30");
    server.use(
      http.patch(
        `${url}/:incident`,
        async ({ request }) => {
          changes.push(await request.json());
          return problem(422, "Not valid", [
            { loc: ["body", "muted_until"], message: "Must be in the future, at most 90 days ahead." },
          ]);
        },
        { once: true },
      ),
    );
    await user.click(screen.getByTestId("form-save"));
    await screen.findByText("Must be in the future, at most 90 days ahead.");
    expect(until.getAttribute("aria-invalid")).toBe("true");
    expect(changes).toEqual([{ muted_until: "2027-07-01T07:30:00.000Z" }]);
  });

  it("is closed after a confirmation, and the focus goes to the page", async () => {
    openPage();
    await userEvent.click(await screen.findByRole("button", { name: "Close" }));
    await userEvent.click(await screen.findByTestId("close-incident-confirm"));
    await screen.findByText("No open incidents");
    expect(changes).toEqual([{ closed: true }]);
    await waitFor(() => expect(document.activeElement?.id).toBe("content"));
  });

  it("says why a change failed", async () => {
    server.use(http.patch(`${url}/:incident`, () => problem(404, "Incident not found")));
    openPage();
    await userEvent.click(await screen.findByRole("button", { name: "Acknowledge" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Incident not found.");
  });
});
