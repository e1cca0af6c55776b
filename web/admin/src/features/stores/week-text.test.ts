// @vitest-environment jsdom
import { t } from "@lingui/core/macro";
import { setUpLanguages } from "@metrica/ui/testing/languages.ts";
import { describe, expect, it } from "vitest";
import { weekdays } from "./week.ts";
import { parseWeekText } from "./week-text.ts";

const { start } = setUpLanguages((language) => import(`./locales/${language}.po`));

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

  it.each([
    ["de", "Mo-Fr 9-17, Sa 10-16", "Montag bis Freitag 9-17 Uhr, Samstags 10 bis 16 Uhr"],
    ["es", "lun-vie 9-17, sáb 10-16", "de lunes a viernes 9-17, sábado 10 a 16"],
    ["fr", "lun-ven 9-17, sam 10-16", "du lundi au vendredi 9h-17h, samedi 10h à 16h"],
    ["it", "lun-ven 9-17, sab 10-16", "da lunedì a venerdì 9-17, sabato 10-16"],
  ] as const)("are understood as they are written in %s, and in English", async (language, short, long) => {
    await start(language);
    const week = [office, office, office, office, office, "10:00–16:00", ""];
    expect(hoursOf(short)).toEqual(week);
    expect(hoursOf(long)).toEqual(week);
    expect(hoursOf("Mon-Fri 9-17, Sat 10-16")).toEqual(week);
    const hour = { de: " Uhr", es: "h", fr: "h", it: "" }[language];
    expect(hoursOf(`${short.split(",")[0]?.split(" ")[0]} 9${hour}-18${hour}`)).toEqual([
      ...Array(5).fill("09:00–18:00"),
      ...["", ""],
    ]);
    const example = t`Mon-Fri 9-18, Sat 10-16`;
    expect(hoursOf(example)).toEqual([...Array(5).fill("09:00–18:00"), "10:00–16:00", ""]);
  });

  it.each(["", "Mon-Fri", "Mon-Fri 9", "open Mon 9-17", "Mon-Fri 9-17, Sat", "25-26"])(
    "%j is not understood",
    (text) => {
      expect(hoursOf(text)).toBeNull();
    },
  );
});
