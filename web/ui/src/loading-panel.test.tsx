// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { LoadingPanel, type PanelQuery } from "./loading-panel.tsx";

afterEach(cleanup);

const initial: PanelQuery<string> = {
  data: undefined,
  error: null,
  errorUpdateCount: 0,
  isFetching: true,
  isPlaceholderData: false,
  refetch: () => {},
};
const failed = {
  ...initial,
  error: new Error("The server is away."),
  errorUpdateCount: 1,
  isFetching: false,
};

function panel(query: PanelQuery<string>) {
  return <LoadingPanel query={query}>{(data) => <p>{data}</p>}</LoadingPanel>;
}

it("keeps the error while the query tries again, until data arrives", () => {
  const { rerender } = render(panel(initial));
  expect(screen.getByRole("status").textContent).toMatch(/Loading/);
  rerender(panel(failed));
  expect(screen.getByRole("alert").textContent).toMatch(/The server is away/);
  rerender(panel({ ...failed, error: null, isFetching: true }));
  expect(screen.getByRole("alert").textContent).toMatch(/The server is away/);
  expect(screen.queryByText("Loading…")).toBeNull();
  rerender(panel({ ...initial, data: "312 visitors", errorUpdateCount: 1, isFetching: false }));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByText("312 visitors")).toBeTruthy();
});

it("does not show the numbers of another period in place of those that failed to load", () => {
  const { rerender } = render(panel(failed));
  rerender(panel({ ...failed, error: null, isFetching: true, data: "last week", isPlaceholderData: true }));
  expect(screen.queryByText("last week")).toBeNull();
  expect(screen.getByRole("alert")).toBeTruthy();
});

it("keeps earlier data when a refetch fails, and says so", () => {
  render(panel({ ...failed, data: "312 visitors" }));
  expect(screen.getByText("312 visitors")).toBeTruthy();
  expect(screen.getByRole("status").textContent).toMatch(/Showing earlier data/);
});
