import { expect, it } from "vitest";
import { describeHours } from "./opening-hours-field.tsx";

it.each([
  ["9-5", "Understood as 09:00–17:00."],
  ["10-13, 15-19", "Understood as 10:00–13:00, 15:00–19:00."],
  ["18-2", "Understood as 18:00–02:00, until the next day."],
  ["09:00–05:00", "Understood as 09:00–05:00, until the next day."],
  ["closed", "Understood as closed."],
  ["09:00–17:00", undefined],
  ["", undefined],
  ["nine to five", undefined],
])("%j: %j", (text, understood) => {
  expect(describeHours(text)).toBe(understood);
});
