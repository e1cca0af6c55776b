// @vitest-environment jsdom
import type { CalendarDay, SpecialDay } from "@metrica/client/owner.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { answerMe, calendarDay, problem } from "#testing/settings-fixtures.ts";

setUpServer();
const url = `${apiUrl}/stores/${storeId}/calendar`;

let special: Map<string, Partial<CalendarDay>>;
let puts: [string, SpecialDay][];

/** Returns the dates from `from` to the one before `to`. */
function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let time = Date.parse(from); time < Date.parse(to); time += 86_400_000)
    dates.push(new Date(time).toISOString().slice(0, 10));
  return dates;
}

beforeEach(() => {
  special = new Map([
    ["2026-12-25", { public_holiday: "Christmas Day", opening_hours: [], hours_from: "public_holiday" }],
    ["2026-12-24", { opening_hours: [["09:00", "13:00"]], hours_from: "special_day", note: "Half a day" }],
  ]);
  puts = [];
  answerMe();
  server.use(
    http.get(url, ({ request }) => {
      const { searchParams } = new URL(request.url);
      const dates = datesBetween(searchParams.get("from") ?? "", searchParams.get("to") ?? "");
      return HttpResponse.json({
        store_id: storeId,
        timezone: "Europe/Rome",
        first_weekday: 7,
        days: dates.map((date) => calendarDay(date, special.get(date))),
      });
    }),
    http.put(`${url}/:date`, async ({ params, request }) => {
      const date = String(params.date);
      const body = (await request.json()) as SpecialDay;
      puts.push([date, body]);
      special.set(date, {
        note: body.note ?? null,
        ...(body.opening_hours ? { opening_hours: body.opening_hours, hours_from: "special_day" } : {}),
      });
      return HttpResponse.json(calendarDay(date, special.get(date)));
    }),
    http.delete(`${url}/:date`, ({ params }) => {
      special.delete(String(params.date));
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

const openPage = (search = "?month=2026-12") => openApp(`/stores/${storeId}/settings/calendar${search}`);
const texts = () => screen.getAllByTestId("special-day").map((item) => item.textContent);

describe("the calendar", () => {
  it("has the public holidays and special days of a month, in weeks that begin as those of the store", async () => {
    openPage();
    await screen.findAllByTestId("special-day");
    expect(texts()).toEqual(["Thu 24 Dec09:00–13:00 · Half a dayEdit", "Fri 25 DecClosedChristmas DayEdit"]);
    expect(screen.getAllByRole("columnheader", { hidden: true })[0]?.textContent).toBe("Su");
    expect(screen.getByRole("button", { name: "Fri 25 Dec, Closed, Christmas Day" })).toBeTruthy();
  });

  it("shows other months; the address has the month", async () => {
    const { router } = openPage();
    await screen.findAllByTestId("special-day");
    await userEvent.click(screen.getByRole("button", { name: /Next Month/i }));
    await screen.findByText(/None in this month/);
    expect(router.state.location.search).toEqual({ month: "2027-01" });
  });

  it("of an invalid month is the current one", async () => {
    const { router } = openPage("?month=2026-13");
    await screen.findByTestId("add-special-day");
    expect(router.state.location.search).toEqual({});
  });
});

describe("a special day", () => {
  it("is added: closed, with a note", async () => {
    const user = userEvent.setup();
    openPage();
    await user.click(await screen.findByRole("button", { name: /^Tue 29 Dec/ }));
    expect(within(await screen.findByRole("dialog")).getByText("09:00–20:00")).toBeTruthy();
    await user.selectOptions(screen.getByTestId("special-day-opening"), "closed");
    await user.type(screen.getByTestId("special-day-note"), "Stocktaking");
    await user.click(screen.getByTestId("form-save"));
    await waitFor(() => expect(texts()).toContain("Tue 29 DecClosed · StocktakingEdit"));
    expect(puts).toEqual([["2026-12-29", { opening_hours: [], note: "Stocktaking" }]]);
  });

  it("with other hours is checked, and the API's errors are at their fields", async () => {
    const user = userEvent.setup();
    openPage();
    await user.click(await screen.findByTestId("add-special-day"));
    await screen.findByRole("dialog");
    await user.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("Enter a note, or choose other opening hours.")).toBeTruthy();
    await user.selectOptions(screen.getByTestId("special-day-opening"), "other");
    const hours = screen.getByTestId("special-day-hours");
    await user.type(hours, "nine to five");
    await user.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("Enter hours as 09:00–20:00.")).toBeTruthy();
    await user.clear(hours);
    await user.type(hours, "09:00-14:00, 13:00-18:00");
    server.use(
      http.put(`${url}/:date`, () =>
        problem(422, "Not valid", [
          { loc: ["body", "opening_hours"], message: "09:00–14:00 overlaps 13:00–18:00" },
          { loc: ["path", "date"], message: "Must be between 2025-10-20 and 2029-02-01." },
        ]),
      ),
    );
    await user.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("09:00–14:00 overlaps 13:00–18:00")).toBeTruthy();
    expect(screen.getByLabelText("Date").getAttribute("aria-invalid")).toBe("true");
  });

  it("is changed to a note only, and removed", async () => {
    const user = userEvent.setup();
    openPage();
    await user.click(await screen.findByRole("button", { name: "Edit Thu 24 Dec" }));
    await screen.findByRole("dialog");
    expect(screen.getByTestId<HTMLInputElement>("special-day-hours").value).toBe("09:00–13:00");
    await user.selectOptions(screen.getByTestId("special-day-opening"), "usual");
    await user.click(screen.getByTestId("form-save"));
    await waitFor(() => expect(texts()[0]).toBe("Thu 24 Dec09:00–20:00, as usual · Half a dayEdit"));
    expect(puts).toEqual([["2026-12-24", { opening_hours: null, note: "Half a day" }]]);
    await user.click(screen.getByRole("button", { name: "Edit Thu 24 Dec" }));
    await user.click(await screen.findByTestId("special-day-remove"));
    await waitFor(() => expect(texts()).toHaveLength(1));
  });

  it("cannot be removed from a public holiday without one", async () => {
    openPage();
    await userEvent.click(await screen.findByRole("button", { name: "Edit Fri 25 Dec" }));
    await screen.findByRole("dialog");
    expect(screen.queryByTestId("special-day-remove")).toBeNull();
  });
});
