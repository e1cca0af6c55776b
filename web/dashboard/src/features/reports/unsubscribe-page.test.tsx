// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { parseUnsubscribeToken } from "./unsubscribe-token.ts";

setUpServer();
const token = `un_${"a".repeat(43)}`;
const address = `/unsubscribe#token=${token}`;

it("ends the subscription with a click, and not before", async () => {
  let tokens: unknown[] = [];
  server.use(
    http.post(`${apiUrl}/unsubscribe/:token`, ({ params }) => {
      tokens = [...tokens, params.token];
      return HttpResponse.json({ status: "unsubscribed" });
    }),
  );
  const { requests } = openApp(address);
  await screen.findByTestId("unsubscribe");
  expect(requests).toEqual([]);
  await userEvent.click(screen.getByTestId("unsubscribe"));
  await screen.findByTestId("unsubscribed");
  expect(tokens).toEqual([token]);
  expect(screen.getByRole("heading").textContent).toBe("Unsubscribed");
});

it("says that a used link is no longer valid", async () => {
  server.use(
    http.post(`${apiUrl}/unsubscribe/:token`, () =>
      HttpResponse.json({ type: "not_found", title: "Not found", status: 404 }, { status: 404 }),
    ),
  );
  openApp(address);
  await userEvent.click(await screen.findByTestId("unsubscribe"));
  expect((await screen.findByTestId("unsubscribe-error")).textContent).toMatch(/no longer valid/);
});

it("says that an error of the server was one, and can be tried again", async () => {
  server.use(http.post(`${apiUrl}/unsubscribe/:token`, () => HttpResponse.error()));
  openApp(address);
  await userEvent.click(await screen.findByTestId("unsubscribe"));
  expect((await screen.findByTestId("unsubscribe-error")).textContent).toMatch(/Cannot reach the server/);
  expect(screen.getByTestId<HTMLButtonElement>("unsubscribe").disabled).toBe(false);
});

it.each(["", "#token=", "#token=un_short", `#token=${token}x`])(
  "asks for the whole link instead of %j",
  async (hash) => {
    openApp(`/unsubscribe${hash}`);
    expect((await screen.findByRole("heading")).textContent).toBe("Unsubscribe");
    expect(screen.queryByTestId("unsubscribe")).toBeNull();
    expect(parseUnsubscribeToken(hash.slice(1))).toBeNull();
  },
);
