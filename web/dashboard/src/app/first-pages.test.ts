// @vitest-environment jsdom
import { waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, setUpServer } from "#testing/render-app.tsx";
import { firstPageAt, firstPages } from "./first-pages.ts";

setUpServer();

describe("the first page", () => {
  it.each([
    ["/", firstPages.stores, ""],
    [`/stores/${storeId}`, firstPages.store, storeId],
    ["/sign-in", firstPages.signIn, ""],
  ])("at %s is that of the route", (path, page, id) => {
    expect(firstPageAt(path, true)).toEqual({ page, id });
  });

  it.each(["/", `/stores/${storeId}`, "/sign-in"])("at %s without a session signs in", (path) => {
    expect(firstPageAt(path, false)?.page).toBe(firstPages.signIn);
  });

  it.each(["/account", "/stores", "/stores/", "/stores/1/settings", "/stores/1/wall", "/nowhere"])(
    "at %s is left to the router",
    (path) => {
      expect(firstPageAt(path, true)).toBeNull();
    },
  );

  it.each([
    ["/", firstPages.stores],
    [`/stores/${storeId}`, firstPages.store],
  ])("at %s requests first what its entry says", async (path, page) => {
    const expected = page.requests(storeId).map((each) => apiUrl + each);
    const { requests } = openApp(path);
    await waitFor(() => expect(requests.length).toBeGreaterThanOrEqual(expected.length));
    const first = requests.slice(0, expected.length).map((url) => url.href);
    expect(new Set(first)).toEqual(new Set(expected));
  });
});
