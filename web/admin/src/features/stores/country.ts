import { currentLanguage, type Language } from "@metrica/ui/language/language.ts";

const names = new Map<Language, Intl.DisplayNames>();

/** `Germany` for `DE`, in the language of the page or another one. */
export function countryName(code: string, language = currentLanguage()): string {
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: "region" });
  names.set(language, known);
  return known.of(code) ?? code;
}
