import { useSyncExternalStore } from "react";
import { i18n } from "./i18n.ts";
import { type Language, languages } from "./languages.ts";

/** Returns the language of the page. */
export function currentLanguage(): Language {
  return i18n.locale as Language;
}

/** Returns the locale of numbers and dates. */
export function currentLocale(): string {
  return languages[currentLanguage()].locale;
}

/** Returns the language of the page. The component renders again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore((onChange) => i18n.on("change", onChange), currentLanguage);
}
