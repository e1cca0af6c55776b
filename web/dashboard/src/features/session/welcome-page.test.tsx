// @vitest-environment jsdom
import { AuthRefusedError } from "@metrica/client/session/auth-service.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { parseLinkFragment, takeLinkFragment } from "@metrica/ui/session/link-fragment.ts";
import { readPendingLink } from "@metrica/ui/session/pending-link.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openApp, setUpServer } from "#testing/render-app.tsx";

setUpServer();
afterEach(() => window.history.replaceState(null, "", "/"));

const tokens = "access_token=secret-a&expires_in=3600&refresh_token=secret-r&token_type=bearer";
const accepted = async () => ({ email: "owner@example.org" });

/** Opens the app as a browser does with an address: the fragment is taken, then the router reads the rest. */
function arrive(address: string, session: Partial<Session> = {}) {
  window.history.replaceState(null, "", address);
  takeLinkFragment();
  return openApp(window.location.pathname + window.location.search, session);
}

/** Reloads the page of the app. */
function reload({ router }: ReturnType<typeof openApp>, session: Partial<Session> = {}) {
  const { href } = router.state.location;
  cleanup();
  return openApp(href, session);
}

describe("the fragment of the sign-in service", () => {
  it("has the refresh token and the type of the link", () => {
    expect(parseLinkFragment(`#${tokens}&type=recovery`)).toEqual({
      refreshToken: "secret-r",
      type: "recovery",
    });
    expect(parseLinkFragment(`#${tokens}&type=email_change`)).toMatchObject({ type: "magiclink" });
  });

  it("has a code of an error instead", () => {
    expect(
      parseLinkFragment(
        "#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid",
      ),
    ).toEqual({ refreshToken: null, errorCode: "otp_expired" });
    expect(parseLinkFragment("#error=server_error")).toEqual({
      refreshToken: null,
      errorCode: "server_error",
    });
    expect(parseLinkFragment("#access_token=a")).toEqual({ refreshToken: null, errorCode: "incomplete" });
  });

  it.each(["", "#content", "#token=un_1"])("is not %j", (hash) => {
    expect(parseLinkFragment(hash)).toBeNull();
  });

  it("of another page stays in the address", () => {
    window.history.replaceState(null, "", "/unsubscribe#token=un_1");
    takeLinkFragment();
    expect(window.location.hash).toBe("#token=un_1");
  });
});

describe("a link of Supabase's stock mails", () => {
  it.each(["/invite", "/welcome", "/"])("that leads to %s leaves no token in the address", async (page) => {
    const length = window.history.length;
    arrive(`${page}#${tokens}&type=invite`);
    expect(window.location.href).not.toContain("secret");
    expect(window.history.length).toBe(length);
    expect(await screen.findByText("Welcome to Metrica")).toBeTruthy();
  });

  it("signs in on a click, then asks for a password", async () => {
    const acceptLink = vi.fn(accepted);
    const setPassword = vi.fn(async () => {});
    arrive(`/invite#${tokens}&type=invite`, { acceptLink, setPassword });
    const button = await screen.findByTestId("welcome-accept");
    expect(acceptLink).not.toHaveBeenCalled();
    await userEvent.click(button);
    expect(await screen.findByText(/You sign in as owner@example.org/)).toBeTruthy();
    expect(acceptLink).toHaveBeenCalledWith("secret-r");
    await userEvent.type(screen.getByTestId("welcome-password"), "a long password");
    await userEvent.type(screen.getByTestId("welcome-password-confirmation"), "a long password");
    await userEvent.click(screen.getByTestId("welcome-save"));
    await screen.findByTestId("store-name");
    expect(setPassword).toHaveBeenCalledWith("a long password");
    expect(readPendingLink()).toBeNull();
  });

  it("goes on after a reload: before the click, and while a password is chosen", async () => {
    const session = { acceptLink: accepted };
    let app = arrive(`/welcome#${tokens}&type=recovery`, session);
    await screen.findByTestId("welcome-accept");
    app = reload(app, session);
    await userEvent.click(await screen.findByTestId("welcome-accept"));
    await screen.findByTestId("welcome-password");
    expect(sessionStorage.getItem("metrica-link")).not.toContain("secret");
    app = reload(app, session);
    await screen.findByTestId("welcome-password");
    reload(app, { isSignedIn: () => false });
    expect(await screen.findByText("Incomplete link")).toBeTruthy();
  });

  it("to sign in asks for no password", async () => {
    arrive(`/#${tokens}&type=magiclink`, { acceptLink: accepted });
    await userEvent.click(await screen.findByTestId("welcome-accept"));
    await screen.findByTestId("store-name");
    expect(readPendingLink()).toBeNull();
  });

  it("that was used says so", async () => {
    arrive("/invite#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid");
    expect((await screen.findByTestId("link-error")).textContent).toMatch(/has expired or was already used/);
    expect(screen.getByRole("link", { name: "Get a new link" }).getAttribute("href")).toBe("/forgotten");
    expect(window.location.hash).toBe("");
  });

  it("with an unknown error names its code", async () => {
    arrive("/#error=server_error&error_code=unexpected_failure");
    expect((await screen.findByTestId("link-error")).textContent).toContain("unexpected_failure");
  });
});

describe("a link with a token hash", () => {
  it("goes on after a reload while a password is chosen: the used token is gone from the address", async () => {
    const verifyLink = vi.fn(accepted);
    const app = openApp("/welcome?token_hash=hash&type=recovery", { verifyLink });
    await userEvent.click(await screen.findByTestId("welcome-accept"));
    await screen.findByTestId("welcome-password");
    expect(verifyLink).toHaveBeenCalledWith("hash", "recovery");
    expect(app.router.state.location.href).toBe("/welcome?type=recovery");
    expect(app.router.history.canGoBack()).toBe(false);
    reload(app, { verifyLink });
    await screen.findByTestId("welcome-password");
    expect(verifyLink).toHaveBeenCalledOnce();
  });

  it("that was used says so, and the page stays", async () => {
    const verifyLink = () => Promise.reject(new AuthRefusedError("This link has expired.", "otp_expired"));
    openApp("/invite?token_hash=hash&type=invite", { verifyLink });
    await userEvent.click(await screen.findByTestId("welcome-accept"));
    await waitFor(() =>
      expect(screen.getByTestId("welcome-error").textContent).toMatch(/^This link has expired/),
    );
  });
});
