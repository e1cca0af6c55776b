// @vitest-environment jsdom
import { act, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import { dashboardAnswer, forecastAnswer, liveAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();
afterEach(() => {
  vi.useRealTimers();
});

const unavailable = () => HttpResponse.json({ type: "unavailable", title: "Away" }, { status: 503 });

describe("a period that is asked for without a connection", () => {
  it("does not show the numbers of the period before under its name", async () => {
    const user = userEvent.setup();
    let isOnline = true;
    server.use(
      http.get(`${apiUrl}/dashboard/:store`, ({ request }) => {
        if (!isOnline) return HttpResponse.error();
        const week = new URL(request.url).searchParams.get("period") === "week";
        return HttpResponse.json(dashboardAnswer(week ? { period: "week", interval: "day" } : {}));
      }),
    );
    openApp(`/stores/${storeId}`);
    expect((await screen.findByTestId("tile-visitors-value")).textContent).toBe("312");
    isOnline = false;
    window.dispatchEvent(new Event("offline"));
    await user.keyboard("w");
    await screen.findByText("Week", { selector: "[aria-current]" });
    await waitFor(() => expect(screen.queryByTestId("tile-visitors-value")).toBeNull());
    expect(screen.getAllByRole("alert").length).toBeGreaterThan(0);
    isOnline = true;
    window.dispatchEvent(new Event("online"));
    expect((await screen.findByTestId("tile-visitors-value")).textContent).toBe("312");
  });
});

describe("an API that is away when the page loads", () => {
  it("leaves one error on the page, which does not change to a skeleton and back", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    server.use(
      http.get(`${apiUrl}/live/:store`, unavailable),
      http.get(`${apiUrl}/dashboard/:store`, unavailable),
      http.get(`${apiUrl}/stores/:store/forecast`, unavailable),
    );
    openApp(`/stores/${storeId}`);
    await act(() => vi.advanceTimersByTimeAsync(4000));
    const errors = await screen.findAllByRole("alert");
    let skeletons = 0;
    const observer = new MutationObserver(() => {
      skeletons += document.querySelectorAll("[data-slot=skeleton]").length;
    });
    observer.observe(document.body, { childList: true, subtree: true });
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    observer.disconnect();
    expect(screen.getAllByRole("alert")).toHaveLength(errors.length);
    expect(skeletons).toBe(0);
    server.use(
      http.get(`${apiUrl}/live/:store`, () => HttpResponse.json(liveAnswer())),
      http.get(`${apiUrl}/dashboard/:store`, () => HttpResponse.json(dashboardAnswer())),
    );
    await act(() => vi.advanceTimersByTimeAsync(11_000));
    expect((await screen.findByTestId("tile-visitors-value")).textContent).toBe("312");
  });
});

describe("a forecast that could not be loaded", () => {
  it("comes back by itself when the API is back", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    server.use(http.get(`${apiUrl}/stores/:store/forecast`, unavailable));
    openApp(`/stores/${storeId}`);
    await screen.findByTestId("tile-visitors-value");
    await act(() => vi.advanceTimersByTimeAsync(4000));
    expect((await screen.findAllByRole("alert")).length).toBeGreaterThan(0);
    server.use(http.get(`${apiUrl}/stores/:store/forecast`, () => HttpResponse.json(forecastAnswer())));
    await act(() => vi.advanceTimersByTimeAsync(16_000));
    await waitFor(() => expect(screen.queryAllByRole("alert")).toEqual([]));
    expect(screen.getByRole("region", { name: "Forecast" })).toBeTruthy();
  });
});
