// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

describe("signing in", () => {
  it.each([
    [`/stores/${storeId}`, `/stores/${storeId}`],
    ["/", "/"],
  ])("goes on to the page that was asked for: %s", async (address, path) => {
    let signedIn = false;
    const { router } = openApp(address, {
      isSignedIn: () => signedIn,
      signIn: async () => {
        signedIn = true;
      },
    });
    server.use(
      http.get(`${apiUrl}/admin/health`, () =>
        HttpResponse.json({
          checked_at: "2026-11-26T10:00:00Z",
          stores: [],
          summary: { online: 0, offline: 0, never_seen: 0 },
          time_zone_problems: [],
        }),
      ),
    );
    await userEvent.type(await screen.findByTestId("sign-in-email"), "admin@example.com");
    await userEvent.type(screen.getByTestId("sign-in-password"), "a-long-enough-password");
    await userEvent.click(screen.getByTestId("sign-in-submit"));
    await waitFor(() => expect(router.state.location.pathname).toBe(path));
  });
});
