import { createPreference } from "../preference.ts";

interface LanguageFormat {
  /** The name of the language in the language itself. */
  name: string;
  /** The locale of numbers and dates. */
  locale: string;
  /** The day on which weeks begin; 1 is Monday. */
  firstWeekday: number;
}

/** The languages with catalogues. English is the source. */
export const languages = {
  en: { name: "English", locale: "en-GB", firstWeekday: 1 },
  de: { name: "Deutsch", locale: "de-DE", firstWeekday: 1 },
  es: { name: "Español", locale: "es-ES", firstWeekday: 1 },
  fr: { name: "Français", locale: "fr-FR", firstWeekday: 1 },
  it: { name: "Italiano", locale: "it-IT", firstWeekday: 1 },
} as const satisfies Record<string, LanguageFormat>;

export type Language = keyof typeof languages;

export const languageCodes = Object.keys(languages) as Language[];

/** The language that the user chose in this browser; `browser` until then. */
export const languagePreference = createPreference("metrica-language", ["browser", ...languageCodes]);

/** Returns the first language that is available: the chosen one, else those of the browser in their order, else English. */
export function preferredLanguage(
  available: readonly Language[],
  chosen: Language | "browser" = languagePreference.get(),
  browserLanguages: readonly string[] = navigator.languages,
): Language {
  const wanted = [chosen, ...browserLanguages.map((tag) => tag.toLowerCase().split("-")[0])];
  const known = wanted.map((code) => available.find((language) => language === code));
  return known.find((language) => language !== undefined) ?? "en";
}
