import { t } from "@lingui/core/macro";
import type { CalendarDay } from "@metrica/client/owner.ts";
import { currentLanguage } from "@metrica/ui/language/language.ts";

type Named = Pick<CalendarDay, "public_holiday" | "public_holiday_names">;

/**
 * Returns the name of the public holiday of a date, null without one: in the language of the page as the list of the country has it, else a
 * translation of its English name, else the English name. Countries without an English list have their own name.
 */
export function holidayName({ public_holiday, public_holiday_names }: Named): string | null {
  if (public_holiday === null) return null;
  const english = public_holiday_names.en;
  return (
    public_holiday_names[currentLanguage()] ??
    // Two holidays on one date are `A; B`.
    english?.split("; ").map(translateHoliday).join("; ") ??
    public_holiday
  );
}

/** Returns a holiday that many countries have in the language of the page; the English name of any other one. */
function translateHoliday(english: string): string {
  const labourDay = t`Labour Day`;
  const assumption = t`Assumption Day`;
  const whitMonday = t`Whit Monday`;
  const stStephen = t`St Stephen's Day`;
  const names: Partial<Record<string, string>> = {
    "New Year's Day": t`New Year's Day`,
    Epiphany: t`Epiphany`,
    "International Women's Day": t`International Women's Day`,
    "Good Friday": t`Good Friday`,
    "Easter Sunday": t`Easter Sunday`,
    "Easter Monday": t`Easter Monday`,
    "Labor Day": labourDay,
    "Labour Day": labourDay,
    "International Workers' Day": labourDay,
    "Liberation Day": t`Liberation Day`,
    "Victory Day": t`Victory Day`,
    "Ascension Day": t`Ascension Day`,
    "Whit Monday": whitMonday,
    "Pentecost Monday": whitMonday,
    "Corpus Christi": t`Corpus Christi`,
    "Republic Day": t`Republic Day`,
    "National Day": t`National Day`,
    "Independence Day": t`Independence Day`,
    "Assumption Day": assumption,
    "Assumption of Mary": assumption,
    "Assumption Of Mary Day": assumption,
    "All Saints' Day": t`All Saints' Day`,
    "Armistice Day": t`Armistice Day`,
    "Immaculate Conception": t`Immaculate Conception`,
    "Christmas Eve": t`Christmas Eve`,
    "Christmas Day": t`Christmas Day`,
    "Second Day of Christmas": t`Second Day of Christmas`,
    "Saint Stephen's Day": stStephen,
    "New Year's Eve": t`New Year's Eve`,
  };
  return names[english] ?? english;
}
