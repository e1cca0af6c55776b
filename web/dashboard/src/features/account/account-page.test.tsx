// @vitest-environment jsdom
import { AuthRefusedError, AuthUnavailableError } from "@metrica/client/session/auth-service.ts";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { answerMe, channelAnswer, myStore, subscriptionAnswer } from "#testing/settings-fixtures.ts";

setUpServer();

beforeEach(() => {
  answerMe();
  server.use(
    http.get(`${apiUrl}/me/notifications`, () => HttpResponse.json({ channels: [] })),
    http.get(`${apiUrl}/me/reports`, () => HttpResponse.json({ subscriptions: [] })),
  );
});

describe("the account", () => {
  it("is reached from every page, and has the notifications and reports of each store", async () => {
    answerMe({ stores: [myStore, { ...myStore, store_id: "2", name: "Bakery" }] });
    server.use(
      http.get(`${apiUrl}/me/notifications`, () =>
        HttpResponse.json({
          channels: [
            channelAnswer({ kind: "webhook" }),
            channelAnswer({ channel_id: "2", scope: "own_stores", store_id: null }),
            channelAnswer({ channel_id: "3", enabled: false }),
          ],
        }),
      ),
      http.get(`${apiUrl}/me/reports`, () =>
        HttpResponse.json({
          subscriptions: [subscriptionAnswer({ period: "month" }), subscriptionAnswer({ period: "day" })],
        }),
      ),
    );
    const { router } = openApp(`/stores/${storeId}`);
    await userEvent.click(await screen.findByTestId("account"));
    expect((await screen.findByTestId("account-email")).textContent).toBe("owner@example.org");
    const stores = await screen.findAllByTestId("account-store");
    expect(stores.map((store) => store.textContent)).toEqual([
      "Corner shopNotifications by email and webhook. NotificationsDaily report, Monthly report. Reports",
      "BakeryNotifications by email. NotificationsNo reports. Reports",
    ]);
    await userEvent.click(screen.getByRole("link", { name: "Reports of Corner shop" }));
    await screen.findByTestId("report-day");
    expect(router.state.location.pathname).toBe(`/stores/${storeId}/settings/reports`);
  });

  it("of a user without stores says so", async () => {
    answerMe({ stores: [] });
    openApp("/account");
    expect(await screen.findByText("No stores yet")).toBeTruthy();
  });
});

describe("the password", () => {
  async function change(changePassword: (email: string, current: string, password: string) => Promise<void>) {
    openApp("/account", { changePassword });
    await userEvent.type(await screen.findByTestId("account-current"), "the current password");
    await userEvent.type(screen.getByTestId("account-password"), "a new long password");
    await userEvent.type(screen.getByTestId("account-confirmation"), "a new long password");
    await userEvent.click(screen.getByTestId("account-save"));
  }

  it("is changed with the current one, and the form is empty again", async () => {
    const changePassword = vi.fn(async () => {});
    await change(changePassword);
    await screen.findByTestId("password-changed");
    expect(changePassword).toHaveBeenCalledWith(
      "owner@example.org",
      "the current password",
      "a new long password",
    );
    expect(screen.getByTestId<HTMLInputElement>("account-password").value).toBe("");
  });

  it.each([
    ["invalid_credentials", "account-current", "This is not your current password."],
    ["weak_password", "account-password", "This password is too weak. Choose a longer one."],
  ])("has the refusal %s at its field", async (code, field, message) => {
    await change(() => Promise.reject(new AuthRefusedError("too weak", code)));
    expect(await screen.findByText(message)).toBeTruthy();
    expect(screen.getByTestId(field).getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(screen.getByTestId(field));
    expect(screen.queryByTestId("password-changed")).toBeNull();
  });

  it("stays when the sign-in service is away", async () => {
    await change(() => Promise.reject(new AuthUnavailableError("Cannot reach the sign-in service.")));
    expect((await screen.findByRole("alert")).textContent).toMatch(/^Cannot reach the sign-in service\./);
  });

  it("is checked before it is sent", async () => {
    openApp("/account");
    await userEvent.type(await screen.findByTestId("account-password"), "short");
    await userEvent.click(screen.getByTestId("account-save"));
    expect(await screen.findByText("Use at least 12 characters.")).toBeTruthy();
    expect(screen.getByText("Enter your current password.")).toBeTruthy();
  });
});

describe("signing out everywhere", () => {
  it("is confirmed first, then leads to the sign-in page", async () => {
    let signedIn = true;
    const signOutEverywhere = vi.fn(async () => {
      signedIn = false;
    });
    const { router } = openApp("/account", { signOutEverywhere, isSignedIn: () => signedIn });
    await userEvent.click(await screen.findByTestId("sign-out-everywhere"));
    await screen.findByTestId("sign-out-everywhere-consequences");
    expect(signOutEverywhere).not.toHaveBeenCalled();
    await userEvent.click(screen.getByTestId("sign-out-everywhere-confirm"));
    await screen.findByTestId("sign-in-form");
    expect(router.state.location.pathname).toBe("/sign-in");
  });

  it("says that the service is away, and keeps the session", async () => {
    const signOutEverywhere = () =>
      Promise.reject(new AuthUnavailableError("Cannot reach the sign-in service."));
    const { router } = openApp("/account", { signOutEverywhere });
    await userEvent.click(await screen.findByTestId("sign-out-everywhere"));
    await userEvent.click(await screen.findByTestId("sign-out-everywhere-confirm"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/^Cannot reach the sign-in service\./);
    await waitFor(() => expect(router.state.location.pathname).toBe("/account"));
  });
});
