// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { liveAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();
const storePath = `/stores/${storeId}`;

/** Opens the page of the store and waits for its numbers. */
async function openStore(search = "") {
  const app = openApp(storePath + search);
  await screen.findByTestId("tile-visitors-value");
  return app;
}

function setOnline(online: boolean) {
  window.dispatchEvent(new Event(online ? "online" : "offline"));
}

describe("invalid search parameters", () => {
  it.each(["?date=yesterday", "?date=2026-11-24%20", "?period=foo", "?compare=7&x=1"])(
    "%s opens the current day",
    async (search) => {
      const { requests, router } = await openStore(search);
      const dashboards = requests.filter(({ pathname }) => pathname.startsWith("/dashboard/"));
      expect(dashboards.map((url) => url.search)).toContain("?period=day&compare=previous&match=weekday");
      expect(dashboards.every((url) => !url.searchParams.has("date"))).toBe(true);
      expect(screen.getByTestId("period-name").textContent).toBe("Tuesday 24 November 2026");
      expect(router.state.location.search).toEqual({});
    },
  );

  it("of the sign-in page do not lead to another site", async () => {
    const user = userEvent.setup();
    const { router } = openApp("/sign-in?next=https%3A%2F%2Fevil.example");
    await user.type(await screen.findByTestId("sign-in-email"), "owner@example.org");
    await user.type(screen.getByTestId("sign-in-password"), "password");
    await user.click(screen.getByTestId("sign-in-submit"));
    await screen.findByTestId("store-name");
    expect(router.state.location.href).toBe(storePath);
  });
});

describe("the live numbers", () => {
  it("are not called live without a connection, and a banner says why", async () => {
    await openStore();
    expect(screen.getByTestId("live-indicator").textContent).toBe("Live");
    setOnline(false);
    expect((await screen.findByTestId("offline-banner")).textContent).toMatch(/You are offline/);
    expect(screen.getByTestId("live-indicator").textContent).toBe("Not live · connection lost");
    setOnline(true);
    await waitFor(() => expect(screen.queryByTestId("offline-banner")).toBeNull());
    expect(screen.getByTestId("live-indicator").textContent).toBe("Live");
  });

  it("are incomplete while one of two cameras is away", async () => {
    const health = {
      status: "degraded",
      cameras_online: 1,
      cameras_total: 2,
      last_seen_at: "2026-11-24T14:59:50+01:00",
    } as const;
    server.use(http.get(`${apiUrl}/live/:store`, () => HttpResponse.json(liveAnswer({ health }))));
    await openStore();
    expect(screen.getByTestId("live-indicator").textContent).toBe("Incomplete · 1 of 2 cameras online");
    expect(screen.getByTestId("health").textContent).toBe("1 of 2 cameras online");
  });

  it("have the words of the badge when no camera has reported yet", async () => {
    const health = { status: "offline", cameras_online: 0, cameras_total: 1, last_seen_at: null } as const;
    server.use(http.get(`${apiUrl}/live/:store`, () => HttpResponse.json(liveAnswer({ health }))));
    await openStore();
    expect(screen.getByTestId("live-indicator").textContent).toBe("Not live · not connected yet");
    expect(screen.getByTestId("health").textContent).toBe("Not connected yet");
  });

  it("do not repeat the visitors that the tile of today shows", async () => {
    await openStore();
    expect(screen.queryByText("Visitors today")).toBeNull();
    expect(screen.queryByText("Balance")).toBeNull();
    expect(screen.getByTestId("live-balance").nextSibling?.textContent).toBe("of today's visitors");
  });
});

describe("keyboard shortcuts", () => {
  it("change the period until they are switched off in the settings", async () => {
    const user = userEvent.setup();
    const { router } = await openStore();
    await user.keyboard("w");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ period: "week" }));
    await user.click(screen.getByTestId("settings"));
    const item = await screen.findByRole("menuitemcheckbox", { name: "Keyboard shortcuts" });
    expect(item.getAttribute("aria-checked")).toBe("true");
    await user.click(item);
    await user.keyboard("m");
    expect(router.state.location.search).toMatchObject({ period: "week" });
    expect(localStorage.getItem("metrica-shortcuts")).toBe("off");
  });
});

describe("pages for errors", () => {
  it("have a heading", async () => {
    openApp("/no/such/page");
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Page not found");
  });
});
