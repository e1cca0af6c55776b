// @vitest-environment jsdom

import { loadProblemWords } from "@metrica/ui/error-text.ts";
import { cameraIncidentTypes } from "@metrica/ui/incidents/incident-types.ts";
import { testedLanguages } from "@metrica/ui/testing/languages.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { definedNumbers } from "#features/help/definitions.ts";
import { formatPeriod } from "#features/store/calendar.ts";
import { formatShortPeriod } from "#features/store/short-period.ts";
import { bucketAnswer, dashboardAnswer, liveAnswer, storeId, storeSummary } from "#testing/fixtures.ts";
import { setUpAppLanguages } from "#testing/languages.ts";
import { apiUrl, server, setUpServer } from "#testing/render-app.tsx";
import {
  answerMe,
  calendarDay,
  channelAnswer,
  incidentAnswer,
  subscriptionAnswer,
} from "#testing/settings-fixtures.ts";

setUpServer();

const { missing, openIn } = setUpAppLanguages();

const kpis = dashboardAnswer().kpis;
const lastTuesday = {
  ...dashboardAnswer({
    kpis: { ...kpis, visitors: { value: 1312, comparable: 1312, baseline: 1215, change: 0.08, note: null } },
    buckets: [
      bucketAnswer("2026-11-24T12:00:00+01:00", { baseline_visitors: 50 }),
      bucketAnswer("2026-11-24T13:00:00+01:00", { state: "partial", coverage: 0.62 }),
      bucketAnswer("2026-11-24T14:00:00+01:00", { state: "no_data", visitors: null, coverage: 0 }),
    ],
    heatmap: [{ weekday: 1, hour: 12, visitors_per_hour: 60, observed_hours: 4 }],
  }),
  compare: { mode: "previous", match: "weekday", date: "2026-11-17", annotations: [] },
} as unknown as ReturnType<typeof dashboardAnswer>;

/** Returns the text of the page with plain spaces. */
function pageText(): string {
  return (document.body.textContent ?? "").replaceAll(/[\u00a0\u202f]/g, " ");
}

describe("the page of a store", () => {
  it.each([
    ["en", "1,312 visitors by 15:00, 8% more than last Tuesday (1,215); the busiest hour was 12–13.", "Mon"],
    [
      "de",
      "1.312 Besucher bis 15:00, 8 % mehr als letzten Dienstag (1.215); die stärkste Stunde war 12–13.",
      "Mo",
    ],
    [
      "es",
      "1312 visitantes hasta las 15:00, un 8 % más que el martes pasado (1215); la hora más concurrida fue 12–13.",
      "lun",
    ],
    [
      "fr",
      "1 312 visiteurs jusqu’à 15:00, 8 % de plus que mardi dernier (1 215) ; l’heure la plus fréquentée était 12–13.",
      "lun.",
    ],
    [
      "it",
      "1312 visitatori fino alle 15:00, il 8% in più rispetto a martedì della settimana scorsa (1215); l’ora più frequentata è stata 12–13.",
      "lun",
    ],
  ] as const)("is complete in %s", async (language, sentence, monday) => {
    server.use(http.get(`${apiUrl}/dashboard/:store`, () => HttpResponse.json(lastTuesday)));
    await openIn(language, `/stores/${storeId}`);
    await waitFor(() => expect(screen.getByTestId("summary").textContent).toBeTruthy());
    expect(pageText()).toContain(sentence);
    expect(document.documentElement.lang).toBe(language);
    const rows = (await screen.findByTestId("heatmap")).querySelectorAll("tbody th");
    expect(rows[0]?.textContent).toBe(monday);
    expect(missing).toEqual([]);
  });

  it.each(testedLanguages)(
    "says in %s that cameras are away and that the occupancy was corrected",
    async (language) => {
      const health = { status: "degraded", cameras_online: 1, cameras_total: 2, last_seen_at: null } as const;
      server.use(
        http.get(`${apiUrl}/live/:store`, () =>
          HttpResponse.json(liveAnswer({ health, last_reset_at: "2026-11-24T13:05:00+01:00" })),
        ),
      );
      await openIn(language, `/stores/${storeId}?period=week`);
      await screen.findByTestId("live-indicator");
      expect(missing).toEqual([]);
      expect(pageText()).toMatch(/13:05/);
    },
  );
});

describe.each(testedLanguages)("in %s", (language) => {
  it("the definitions of the numbers are complete, and open on the page of a store", async () => {
    await openIn(language, "/help");
    expect(await screen.findAllByRole("region")).toHaveLength(definedNumbers.length + 1);
    expect(missing).toEqual([]);
    cleanup();
    await openIn(language, `/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("define-visitors"));
    await screen.findByTestId("definition");
    expect(missing).toEqual([]);
  });

  it.each(["/sign-in", "/forgotten", "/welcome", "/welcome?token_hash=x", "/unsubscribe", "/nowhere"])(
    "the page %s is complete",
    async (address) => {
      await openIn(language, address);
      await screen.findByRole("heading", { level: 1 });
      expect(missing).toEqual([]);
    },
  );

  it("the palette is complete", async () => {
    Element.prototype.scrollIntoView = vi.fn(); // jsdom has no layout
    await openIn(language, `/stores/${storeId}`);
    await screen.findByTestId("summary");
    await userEvent.click(screen.getByTestId("palette-open"));
    await screen.findByTestId("palette");
    expect(screen.getAllByRole("group").length).toBeGreaterThan(4);
    expect(missing).toEqual([]);
  });

  it("the list of the stores is complete", async () => {
    server.use(
      http.get(`${apiUrl}/stores`, () =>
        HttpResponse.json({
          as_of: "2026-11-24T15:00:00+01:00",
          stores: [
            storeSummary(),
            storeSummary({ store_id: `${storeId}2`, is_open: false, visitors_today: 1 }),
          ],
        }),
      ),
    );
    await openIn(language, "/");
    await screen.findByTestId("league");
    expect(missing).toEqual([]);
  });
});

describe.each(testedLanguages)("the settings in %s", (language) => {
  beforeEach(() => {
    answerMe();
    server.use(
      http.get(`${apiUrl}/me/notifications`, () =>
        HttpResponse.json({
          channels: [
            channelAnswer({
              quiet_hours: { start: "22:00", end: "07:00" },
              incident_types: ["no_crossings"],
            }),
          ],
        }),
      ),
      http.get(`${apiUrl}/me/reports`, () => HttpResponse.json({ subscriptions: [subscriptionAnswer()] })),
      http.get(`${apiUrl}/stores/:store/incidents`, () =>
        HttpResponse.json({ store_id: storeId, incidents: [incidentAnswer()], next_before: null }),
      ),
      http.get(`${apiUrl}/stores/:store/calendar`, () =>
        HttpResponse.json({
          store_id: storeId,
          timezone: "Europe/Rome",
          first_weekday: 1,
          days: [calendarDay("2026-12-25", { public_holiday: "Christmas Day" })],
        }),
      ),
    );
  });

  it.each([
    ["notifications", "channel"],
    ["reports", "report-day"],
    ["calendar?month=2026-12", "special-day"],
    ["incidents", "incident"],
  ])("are complete: %s", async (section, testId) => {
    await openIn(language, `/stores/${storeId}/settings/${section}`);
    await screen.findByTestId(testId);
    expect(missing).toEqual([]);
  });

  it("are complete: all incidents of a camera", async () => {
    const facts = {
      ...{ crossings: 12, usual_crossings: 38, oldest_s: 1800, counted: 100, accounted: 99 },
      ...{ reached_fps: 3.1, wanted_fps: 10, tracks_per_crossing: 1.5, clock_offset_s: 7 },
    };
    const incidents = cameraIncidentTypes.map((type, index) =>
      incidentAnswer({
        type,
        facts,
        incident_id: `${storeId}${index}`,
        detail: "IN ENGLISH",
        remedy: "IN ENGLISH",
      }),
    );
    server.use(
      http.get(`${apiUrl}/stores/:store/incidents`, () =>
        HttpResponse.json({ store_id: storeId, incidents, next_before: null }),
      ),
    );
    await openIn(language, `/stores/${storeId}/settings/incidents`);
    expect(await screen.findAllByTestId("incident")).toHaveLength(cameraIncidentTypes.length);
    expect(pageText()).not.toContain("IN ENGLISH");
    expect(missing).toEqual([]);
  });

  it("are complete: the forms", async () => {
    await openIn(language, `/stores/${storeId}/settings/notifications`);
    await userEvent.click(await screen.findByTestId("add-channel"));
    await screen.findByTestId("form-save");
    expect(missing).toEqual([]);
  });

  it("are complete: what the API refuses", async () => {
    const problem = { type: "too_many_channels", title: "Conflict", status: 409, detail: "IN ENGLISH." };
    server.use(http.post(`${apiUrl}/me/notifications`, () => HttpResponse.json(problem, { status: 409 })));
    await openIn(language, `/stores/${storeId}/settings/notifications`);
    await userEvent.click(await screen.findByTestId("add-channel"));
    await loadProblemWords();
    await userEvent.click(await screen.findByTestId("form-save"));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent === "IN ENGLISH.").toBe(language === "en");
    expect(alert.textContent).not.toBe("");
    expect(missing).toEqual([]);
  });

  it("are complete: the account", async () => {
    await openIn(language, "/account");
    await screen.findByTestId("account-store");
    expect(missing).toEqual([]);
  });

  it("are complete: a link that does not work", async () => {
    await openIn(language, "/welcome?error_code=otp_expired");
    await screen.findByTestId("link-error");
    expect(missing).toEqual([]);
  });
});

describe("periods", () => {
  it.each([
    ["en", "16–22 November 2026", "30 Nov – 6 Dec 2026", "July – September 2026", "week of 9 Nov"],
    ["de", "16.–22. November 2026", "30. Nov. – 6. Dez. 2026", "Juli–September 2026", "Woche ab 9. Nov."],
    [
      "es",
      "16–22 de noviembre de 2026",
      "30 nov – 6 dic 2026",
      "julio–septiembre de 2026",
      "semana del 9 nov",
    ],
    ["fr", "16–22 novembre 2026", "30 nov. – 6 déc. 2026", "juillet – septembre 2026", "semaine du 9 nov."],
    ["it", "16–22 novembre 2026", "30 nov – 06 dic 2026", "luglio–settembre 2026", "settimana dal 9 nov"],
  ] as const)("in %s are in the order of the language", async (language, week, twoMonths, quarter, short) => {
    await openIn(language, `/stores/${storeId}`);
    await screen.findByTestId("summary");
    expect(formatPeriod("week", { start: "2026-11-16", end: "2026-11-23" })).toBe(week);
    expect(formatPeriod("week", { start: "2026-11-30", end: "2026-12-07" })).toBe(twoMonths);
    expect(formatPeriod("quarter", { start: "2026-07-01", end: "2026-10-01" })).toBe(quarter);
    expect(formatShortPeriod("week", { start: "2026-11-09", end: "2026-11-16" }, "2026-11-22")).toBe(short);
  });
});
