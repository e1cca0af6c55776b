// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { me, periodAnswer, storeId, storeSummary } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const myStore = { store_id: storeId, name: "Corner shop", timezone: "Europe/Rome", role: "owner" } as const;
const names = ["Airport", "Bakery", "Centre"];

/** Opens the page of three stores; the cameras of the second one were away for half of the last seven days. */
async function openStores() {
  server.use(
    http.get(`${apiUrl}/stores`, ({ request }) => {
      const date = new URL(request.url).searchParams.get("date");
      const periodOf = (index: number) => {
        if (date === null) return null;
        const visitors = (date === "2026-11-23" ? [110, 50, 240] : [100, 100, 300])[index] ?? null;
        return periodAnswer({ visitors, coverage: date === "2026-11-23" && index === 1 ? 0.5 : 1 });
      };
      const stores = names.map((name, index) =>
        storeSummary({
          store_id: String(index),
          name,
          occupancy: index === 0 ? null : index,
          period: periodOf(index),
        }),
      );
      return HttpResponse.json({ as_of: "2026-11-24T14:00:00Z", stores });
    }),
  );
  const app = openApp("/");
  await screen.findByTestId("league");
  return app;
}

const order = () =>
  screen.getAllByTestId("league-row").map((row) => within(row).getByRole("link").textContent);

describe("several stores", () => {
  it("have cards and a table with the change, the coverage and the comparable total", async () => {
    await openStores();
    expect(screen.getAllByTestId("store-card")).toHaveLength(3);
    expect(screen.getAllByTestId("league-row").map((row) => row.textContent)).toEqual([
      "Airport–312110+10%from 100",
      "Bakery131250% coverage50–from 100",
      "Centre2312240−20%from 300",
    ]);
    expect(screen.getByTestId("league-total").textContent).toBe(
      "Total of the 2 comparable of 3 stores350−13%from 400",
    );
  });

  it("are sorted with the keyboard, unknown numbers last", async () => {
    const user = userEvent.setup();
    await openStores();
    const header = screen.getByRole("button", { name: /Change/ });
    header.focus();
    await user.keyboard("{Enter}");
    expect(order()).toEqual(["Airport", "Centre", "Bakery"]);
    expect(header.closest("th")?.getAttribute("aria-sort")).toBe("descending");
    await user.keyboard("{Enter}");
    expect(order()).toEqual(["Centre", "Airport", "Bakery"]);
  });

  it("are found by name with the key /", async () => {
    const user = userEvent.setup();
    await openStores();
    await user.keyboard("/ba");
    expect(order()).toEqual(["Bakery"]);
    await user.keyboard("xx");
    expect(screen.queryAllByTestId("league-row")).toEqual([]);
    expect(screen.getByText("No store has this name.")).toBeTruthy();
  });
});

describe("one store", () => {
  it("is opened without a list, and Back does not return to one", async () => {
    server.use(http.get(`${apiUrl}/me`, () => HttpResponse.json({ ...me, stores: [myStore] })));
    const { router } = openApp("/");
    await screen.findByTestId("store-name");
    expect(router.state.location.pathname).toBe(`/stores/${storeId}`);
    expect(router.history.canGoBack()).toBe(false);
    await waitFor(() => expect(screen.queryByText("My stores")).toBeNull());
  });

  it("does not replace a page that is opened while the list loads", async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      server.use(
        http.get(`${apiUrl}/me`, async () => {
          await new Promise<void>((answered) => {
            answer = answered;
            resolve();
          });
          return HttpResponse.json({ ...me, stores: [myStore] });
        }),
      );
    });
    const { router } = openApp("/");
    await screen.findByText("My stores");
    await asked;
    const opened = router.navigate({ to: "/account" });
    answer();
    await opened;
    await screen.findByTestId("account-email");
    expect(router.state.location.pathname).toBe("/account");
  });
});
