import { currentLanguage } from "@metrica/ui/language/language.ts";
import type { Language } from "@metrica/ui/language/languages.ts";
import { formatTimeRanges, OpeningHoursError, parseTimeRanges } from "@metrica/ui/opening-hours.ts";
import { type Weekday, weekdays } from "./week.ts";

/** The words of a language, as regular expressions for text without case and accents. */
interface WeekWords {
  /** From Monday to Sunday. */
  days: readonly RegExp[];
  everyDay: RegExp;
  mondayToFriday: RegExp;
  weekend: RegExp;
}

const words: Record<Language, WeekWords> = {
  en: {
    days: [
      /mon(?:day)?|mo/,
      /tue(?:s(?:day)?)?|tu/,
      /wed(?:nesday)?|we/,
      /thu(?:r(?:s(?:day)?)?)?|th/,
      /fri(?:day)?|fr/,
      /sat(?:urday)?|sa/,
      /sun(?:day)?|su/,
    ],
    everyDay: /daily|every ?day|all ?week/,
    mondayToFriday: /weekdays?/,
    weekend: /weekends?/,
  },
  de: {
    days: [
      /mo(?:ntags?)?/,
      /di(?:enstags?)?/,
      /mi(?:ttwochs?)?/,
      /do(?:nnerstags?)?/,
      /fr(?:eitags?)?/,
      /sa(?:mstags?)?|sonnabends?/,
      /so(?:nntags?)?/,
    ],
    everyDay: /taglich|jeden tag|die ganze woche/,
    mondayToFriday: /wochentags|unter der woche/,
    weekend: /(?:am )?wochenende/,
  },
  es: {
    days: [
      /lun(?:es)?|lu/,
      /mar(?:tes)?|ma/,
      /mie(?:rcoles)?|mi/,
      /jue(?:ves)?|ju/,
      /vie(?:rnes)?|vi/,
      /sab(?:ados?)?|sa/,
      /dom(?:ingos?)?|do/,
    ],
    everyDay: /(?:todos los|cada) dias?|a diario|diario/,
    mondayToFriday: /entre semana/,
    weekend: /fin(?:es)? de semana/,
  },
  fr: {
    days: [
      /lun(?:di)?|lu/,
      /mar(?:di)?|ma/,
      /mer(?:credi)?|me/,
      /jeu(?:di)?|je/,
      /ven(?:dredi)?|ve/,
      /sam(?:edi)?|sa/,
      /dim(?:anche)?|di/,
    ],
    everyDay: /tous les jours|toute la semaine/,
    mondayToFriday: /en semaine/,
    weekend: /(?:le )?week ?end/,
  },
  it: {
    days: [
      /lun(?:edi)?|lu/,
      /mar(?:tedi)?|ma/,
      /mer(?:coledi)?|me/,
      /gio(?:vedi)?|gi/,
      /ven(?:erdi)?|ve/,
      /sab(?:ato)?|sa/,
      /dom(?:enica)?|do/,
    ],
    everyDay: /tutti i giorni|ogni giorno/,
    mondayToFriday: /giorni feriali/,
    weekend: /(?:nel )?(?:weekend|fine settimana)/,
  },
};

const anyOf = (patterns: readonly RegExp[]) => patterns.map(({ source }) => `(?:${source})`).join("|");
const isWhole = (text: string, pattern: RegExp) => new RegExp(`^(?:${pattern.source})$`).test(text);

const to = /-|–|—|to\b|bis\b|al?\b|au\b/;
const and = /,|\/|&|\+|(?:and|und|y|et|e)\b/;

/**
 * Parses the opening hours of a week as a person writes them, in the language of the page or in English: `Mon-Fri 9-18, Sat 10-16`,
 * `Mo bis Fr 9-18`, `daily 10-20`, or `9-17` for every day. Days that are not named are closed.
 *
 * @returns The text of each day, empty when it is closed; null while the text is not complete or not valid.
 */
export function parseWeekText(text: string): Record<Weekday, string> | null {
  const plain = withoutAccents(text.trim());
  if (plain === "") return null;
  const language = words[currentLanguage()];
  // A word of the language comes first: `mar` is a day in French only, and `do` another day in German than in Spanish.
  return parseIn(language, plain) ?? (language === words.en ? null : parseIn(words.en, plain));
}

function withoutAccents(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "");
}

function parseIn(language: WeekWords, text: string): Record<Weekday, string> | null {
  const day = anyOf(language.days);
  const groups = anyOf([language.everyDay, language.mondayToFriday, language.weekend]);
  const list = String.raw`(?:${day})\b(?:\s*(?:${to.source}|${and.source})\s*(?:${day})\b)*`;
  const named = [...text.matchAll(new RegExp(String.raw`\b(?:(?:${groups})\b|${list})\.?`, "g"))];
  const week = Object.fromEntries(weekdays.map((weekday) => [weekday, ""])) as Record<Weekday, string>;
  const first = named[0];
  try {
    if (first === undefined) {
      for (const weekday of weekdays) week[weekday] = toHours(text);
      return week;
    }
    if (!/^(?:from|von|de|du|da|dal|del)?$/.test(text.slice(0, first.index).trim())) return null;
    for (const [index, match] of named.entries()) {
      const hours = toHours(text.slice(match.index + match[0].length, named[index + 1]?.index));
      for (const weekday of findDays(match[0].replace(/\.$/, ""), language)) week[weekday] = hours;
    }
    return week;
  } catch (error) {
    if (error instanceof OpeningHoursError) return null;
    throw error;
  }
}

/** Returns the hours between the names of days. Nothing there is no hours, so the text is not complete. */
function toHours(text: string): string {
  const trimmed = text.replace(/^[\s:,]+|[\s,;.]+$/g, "");
  if (trimmed === "") throw new OpeningHoursError();
  return formatTimeRanges(parseTimeRanges(trimmed));
}

function findDays(text: string, { days, everyDay, mondayToFriday, weekend }: WeekWords): Weekday[] {
  if (isWhole(text, everyDay)) return [...weekdays];
  if (isWhole(text, mondayToFriday)) return weekdays.slice(0, 5);
  if (isWhole(text, weekend)) return weekdays.slice(5);
  const indexOfDay = (name: string) => days.findIndex((pattern) => isWhole(name.trim(), pattern));
  return text.split(/\s*(?:[,/&+]|\b(?:and|und|y|et|e)\b)\s*/).flatMap((part) => {
    const [first, last] = part.split(/\s*[-–—]\s*|\s+(?:to|bis|al?|au)\s+/).map(indexOfDay);
    if (first === undefined) return [];
    const length = (((last ?? first) - first + 7) % 7) + 1;
    return Array.from({ length }, (_, step) => weekdays[(first + step) % 7] as Weekday);
  });
}
