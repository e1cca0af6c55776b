import { expect, it } from "vitest";
import { createQueryClient } from "./app.tsx";

it("a query that failed is tried again after half a second and after a second", () => {
  const retryDelay = createQueryClient().getDefaultOptions().queries?.retryDelay;
  if (typeof retryDelay !== "function") throw new Error("The delay depends on the number of failures.");
  expect([0, 1].map((failures) => retryDelay(failures, new Error("Away")))).toEqual([500, 1000]);
});
