// @vitest-environment jsdom
import type { Subscription } from "@metrica/client/owner.ts";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { answerMe, problem, subscriptionAnswer } from "#testing/settings-fixtures.ts";

setUpServer();

let subscriptions: Subscription[];

beforeEach(() => {
  subscriptions = [
    subscriptionAnswer(),
    subscriptionAnswer({ subscription_id: "2", store_id: "other", period: "week" }),
  ];
  answerMe();
  server.use(
    http.get(`${apiUrl}/me/reports`, () => HttpResponse.json({ subscriptions })),
    http.post(`${apiUrl}/me/reports`, async ({ request }) => {
      const { store_id, period } = (await request.json()) as Subscription;
      const added = subscriptionAnswer({ subscription_id: period, store_id, period });
      subscriptions = [...subscriptions, added];
      return HttpResponse.json(added, { status: 201 });
    }),
    http.delete(`${apiUrl}/me/reports/:id`, ({ params }) => {
      subscriptions = subscriptions.filter(({ subscription_id }) => subscription_id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
    http.get(`${apiUrl}/reports/preview`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      const subject = `${searchParams.get("period")} of ${searchParams.get("date") ?? "the last due"}`;
      return HttpResponse.json({
        subject,
        text: subject,
        html: `<!doctype html><html><body style="margin:4px"><p>${subject}</p></body></html>`,
      });
    }),
  );
});

const openPage = (search = "") => openApp(`/stores/${storeId}/settings/reports${search}`);

describe("the reports", () => {
  it("of this store are subscribed to and unsubscribed from", async () => {
    openPage();
    const day = await screen.findByTestId("report-day");
    const week = screen.getByTestId("report-week");
    expect(day.textContent).toContain("Subscribed");
    expect(week.textContent).not.toContain("Subscribed");
    await userEvent.click(within(week).getByRole("button", { name: "Subscribe" }));
    await within(week).findByRole("button", { name: "Unsubscribe" });
    await userEvent.click(within(day).getByRole("button", { name: "Unsubscribe" }));
    await within(day).findByRole("button", { name: "Subscribe" });
    expect(subscriptions.map(({ store_id, period }) => [store_id, period])).toEqual([
      ["other", "week"],
      [storeId, "week"],
    ]);
  });

  it("that were subscribed to in another tab are shown as such, with the reason", async () => {
    openPage();
    const month = await screen.findByTestId("report-month");
    server.use(
      http.post(`${apiUrl}/me/reports`, () => {
        subscriptions = [...subscriptions, subscriptionAnswer({ subscription_id: "3", period: "month" })];
        return problem(409, "You have this subscription already");
      }),
    );
    await userEvent.click(within(month).getByRole("button", { name: "Subscribe" }));
    await within(month).findByRole("button", { name: "Unsubscribe" });
    expect(within(month).getByRole("alert").textContent).toBe("You have this subscription already.");
  });
});

describe("the preview", () => {
  it("shows the last report, in a frame without scripts, then that of a date; the address has both", async () => {
    const { router } = openPage();
    const week = await screen.findByTestId("report-week");
    await userEvent.click(within(week).getByRole("link", { name: "Preview" }));
    expect((await screen.findByTestId("report-subject")).textContent).toBe("Subject: week of the last due");
    const frame = screen.getByTestId("report-frame");
    expect(frame.getAttribute("sandbox")).toBe("allow-same-origin");
    expect(frame.getAttribute("title")).toBe("week of the last due");
    // The content security policy forbids style attributes in the frame, too.
    expect(frame.getAttribute("srcdoc")).toContain('<body data-style="margin:4px">');
    fireEvent.change(screen.getByTestId("preview-date"), { target: { value: "2026-11-03" } });
    await screen.findByText("week of 2026-11-03");
    expect(router.state.location.search).toEqual({ preview: "week", date: "2026-11-03" });
    await userEvent.click(screen.getByRole("button", { name: "Close the preview" }));
    await waitFor(() => expect(screen.queryByTestId("report-subject")).toBeNull());
    expect(router.state.location.search).toEqual({});
  });

  it("says why there is none", async () => {
    server.use(http.get(`${apiUrl}/reports/preview`, () => problem(404, "Store not found")));
    openPage("?preview=day");
    expect((await screen.findByRole("alert")).textContent).toContain("Store not found.");
  });

  it.each(["?preview=year", "?date=2026-11-03", "?preview=&date=yesterday"])(
    "is not open with %s",
    async (search) => {
      const { router } = openPage(search);
      await screen.findByTestId("report-day");
      expect(router.state.location.search).toEqual({});
      expect(screen.queryByTestId("report-subject")).toBeNull();
    },
  );

  it("of an invalid date is the last one", async () => {
    openPage("?preview=month&date=2026-02-30");
    expect((await screen.findByTestId("report-subject")).textContent).toBe("Subject: month of the last due");
  });
});
