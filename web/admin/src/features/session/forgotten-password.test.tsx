// @vitest-environment jsdom
import { AuthRefusedError } from "@metrica/client/session/auth-service.ts";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openApp, setUpServer } from "#testing/render-app.tsx";

setUpServer();
afterEach(() => sessionStorage.clear());

describe("a forgotten password", () => {
  it("is asked for on the sign-in page, and the mail leads back to this app", async () => {
    const sendPasswordReset = vi.fn(async () => {});
    openApp("/sign-in", { isSignedIn: () => false, sendPasswordReset });
    await userEvent.click(await screen.findByTestId("forgot-password"));
    await userEvent.type(await screen.findByTestId("forgot-password-email"), "admin@example.com");
    await userEvent.click(screen.getByTestId("forgot-password-send"));
    expect((await screen.findByTestId("forgot-password-sent")).textContent).toContain("admin@example.com");
    expect(sendPasswordReset).toHaveBeenCalledWith("admin@example.com", `${window.location.origin}/welcome`);
  });

  it("that cannot be mailed says why", async () => {
    const sendPasswordReset = () =>
      Promise.reject(new AuthRefusedError("Too many mails.", "over_email_send_rate_limit"));
    openApp("/forgotten", { isSignedIn: () => false, sendPasswordReset });
    await userEvent.type(await screen.findByTestId("forgot-password-email"), "admin@example.com");
    await userEvent.click(screen.getByTestId("forgot-password-send"));
    await waitFor(() => expect(screen.getByRole("alert").textContent).not.toBe(""));
    expect(screen.queryByTestId("forgot-password-sent")).toBeNull();
  });

  it("is replaced after a click on the link: the token is used once and leaves the address", async () => {
    const verifyLink = vi.fn(async () => ({ email: "admin@example.com" }));
    const setPassword = vi.fn(async () => {});
    const { router } = openApp("/welcome?token_hash=hash&type=recovery", { verifyLink, setPassword });
    await userEvent.click(await screen.findByTestId("welcome-accept"));
    expect(await screen.findByText(/You sign in as admin@example.com/)).toBeTruthy();
    expect(router.state.location.href).toBe("/welcome?type=recovery");
    await userEvent.type(screen.getByTestId("welcome-password"), "a long password");
    await userEvent.type(screen.getByTestId("welcome-password-confirmation"), "a long password");
    await userEvent.click(screen.getByTestId("welcome-save"));
    await waitFor(() => expect(router.state.location.pathname).toBe("/"));
    expect(verifyLink).toHaveBeenCalledExactlyOnceWith("hash", "recovery");
    expect(setPassword).toHaveBeenCalledWith("a long password");
  });

  it("has a page for a link that was used, which leads to a new one", async () => {
    openApp("/welcome?error_code=otp_expired", { isSignedIn: () => false });
    expect((await screen.findByTestId("link-error")).textContent).toMatch(/has expired or was already used/);
    expect(screen.getByRole("link", { name: "Get a new link" }).getAttribute("href")).toBe("/forgotten");
  });
});
