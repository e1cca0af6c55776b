import { describe, expect, it } from "vitest";
import { weekdays } from "./week.ts";
import { parseWeekText } from "./week-text.ts";

/** The hours of the days from Monday to Sunday. */
const hoursOf = (text: string) => {
  const week = parseWeekText(text);
  return week === null ? null : weekdays.map((day) => week[day]);
};

const office = "09:00–17:00";

describe("the opening hours of a week", () => {
  it.each([
    ["9-17", Array(7).fill(office)],
    ["daily 9-5", Array(7).fill(office)],
    ["Mon-Fri 9-17", [office, office, office, office, office, "", ""]],
    ["mo–fr: 9–17; sa 10-16.", [office, office, office, office, office, "10:00–16:00", ""]],
    [
      "Monday to Friday 9am-5pm, Saturday 10-13, 14-16",
      [office, office, office, office, office, "10:00–13:00, 14:00–16:00", ""],
    ],
    ["mon, wed & fri 9-17", [office, "", office, "", office, "", ""]],
    ["Sat-Mon 9-17", [office, "", "", "", "", office, office]],
    ["weekdays 9-17 weekends 10-14", [office, office, office, office, office, "10:00–14:00", "10:00–14:00"]],
    ["daily 9-17, sun closed", [office, office, office, office, office, office, ""]],
    ["daily 0-24", Array(7).fill("00:00–24:00")],
  ])("%s", (text, week) => {
    expect(hoursOf(text)).toEqual(week);
  });

  it.each(["", "Mon-Fri", "Mon-Fri 9", "open Mon 9-17", "Mon-Fri 9-17, Sat", "25-26"])(
    "%j is not understood",
    (text) => {
      expect(hoursOf(text)).toBeNull();
    },
  );
});
