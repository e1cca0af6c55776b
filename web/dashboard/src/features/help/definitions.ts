import { t } from "@lingui/core/macro";

/** The numbers with a definition, in the order of the help page. */
export const definedNumbers = [
  "visitors",
  "exits",
  "occupancy",
  "occupancy_average",
  "dwell_s",
  "peak_hour",
  "balance",
  "change",
] as const;
export type DefinedNumber = (typeof definedNumbers)[number];

interface Definition {
  name: string;
  text: string;
}

/** Returns how a number is counted. The pages have no other text about it; docs/kpis.md has the formulas. */
export function defineNumber(number: DefinedNumber): Definition {
  const definitions: Record<DefinedNumber, Definition> = {
    visitors: {
      name: t`Visitors`,
      text: t`People who crossed a counting line on the way in. Somebody who comes back counts again, and staff count too.`,
    },
    exits: {
      name: t`Exits`,
      text: t`People who crossed a counting line on the way out.`,
    },
    occupancy: {
      name: t`Occupancy`,
      text: t`The people inside: visitors minus exits since the start of the day, or since the last correction, and never below 0. It ends some time after closing.`,
    },
    occupancy_average: {
      name: t`Average occupancy`,
      text: t`The average number of people inside over the opening hours that the cameras observed. The maximum is the highest occupancy at the end of a quarter-hour.`,
    },
    dwell_s: {
      name: t`Dwell time`,
      text: t`How long people stay on average: the mean time of exit minus the mean time of entry, of complete days. For the day in progress: the time that people have spent inside so far, divided by the visitors.`,
    },
    peak_hour: {
      name: t`Peak hour`,
      text: t`The hour of the day with the most visitors per observed hour. Hours in progress, and hours whose data may still arrive, are left out.`,
    },
    balance: {
      name: t`Have left again`,
      text: t`Exits divided by visitors. When a day is over, everybody has left: a value far from 100% means that crossings were missed in one direction.`,
    },
    change: {
      name: t`Change`,
      text: t`The difference from the compared period, day by day with the same weekdays, and up to the same time for the period in progress. It is left out when less than 90% of the opening hours of either period was observed, when the counting line changed, and for days with other opening hours.`,
    },
  };
  return definitions[number];
}
