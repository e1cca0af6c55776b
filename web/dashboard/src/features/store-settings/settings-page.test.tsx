// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { answerMe, channelAnswer, myStore, problem } from "#testing/settings-fixtures.ts";

setUpServer();

function answerLists() {
  server.use(
    http.get(`${apiUrl}/me/notifications`, () => HttpResponse.json({ channels: [] })),
    http.get(`${apiUrl}/stores/:store/incidents`, () =>
      HttpResponse.json({ store_id: storeId, incidents: [], next_before: null }),
    ),
  );
}

it("are reached from the page of the store, and a section has its own address", async () => {
  answerMe();
  answerLists();
  const user = userEvent.setup();
  const { router } = openApp(`/stores/${storeId}`);
  await user.click(await screen.findByTestId("store-settings"));
  await screen.findByText("No notifications yet");
  expect(router.state.location.pathname).toBe(`/stores/${storeId}/settings/notifications`);
  expect(screen.getByRole("link", { name: "Notifications" }).getAttribute("aria-current")).toBe("page");
  await user.click(screen.getByRole("link", { name: "Incidents" }));
  await screen.findByText("No open incidents");
  expect(router.state.location.pathname).toBe(`/stores/${storeId}/settings/incidents`);
  await waitFor(() => expect(document.title).toBe("Settings of Corner shop · Metrica"));
  await user.click(screen.getByTestId("settings-store"));
  await screen.findByTestId("store-name");
});

it("of a store that is not the user's do not exist", async () => {
  answerMe({ stores: [{ ...myStore, store_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b099" }] });
  openApp(`/stores/${storeId}/settings`);
  expect(await screen.findByText("Store not found")).toBeTruthy();
});

it("say that the server cannot be reached, and load when it can", async () => {
  let reachable = false;
  answerLists();
  answerMe();
  server.use(http.get(`${apiUrl}/me`, () => (reachable ? undefined : problem(403, "Not allowed"))));
  openApp(`/stores/${storeId}/settings`);
  expect((await screen.findByRole("alert")).textContent).toContain("Not allowed.");
  reachable = true;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("No notifications yet");
});

it("stay without a connection, with a banner; a change that fails says why", async () => {
  answerMe();
  server.use(
    http.get(`${apiUrl}/me/notifications`, () => HttpResponse.json({ channels: [channelAnswer()] })),
    http.patch(`${apiUrl}/me/notifications/:channel`, () => HttpResponse.error()),
  );
  openApp(`/stores/${storeId}/settings/notifications`);
  const disable = await screen.findByRole("button", { name: "Disable" });
  window.dispatchEvent(new Event("offline"));
  await screen.findByTestId("offline-banner");
  await userEvent.click(disable);
  expect(await screen.findByText(/^Cannot reach the server\./)).toBeTruthy();
  expect(screen.getByTestId("channel")).toBeTruthy();
  window.dispatchEvent(new Event("online"));
  await waitFor(() => expect(screen.queryByTestId("offline-banner")).toBeNull());
});
