import type { Language } from "@metrica/ui/language/languages.ts";
import { setUpLanguages } from "@metrica/ui/testing/languages.ts";
import { openApp } from "#testing/render-app.tsx";

/** Loads the catalogue of this app in a language. */
export const loadMessages = (language: Language) => import(`../locales/${language}.po`);

/**
 * Prepares the tests of a file to open the app in a language. Returns the function that does so, and the ids of messages that were shown
 * and are in no catalogue.
 */
export function setUpAppLanguages() {
  const { missing, start } = setUpLanguages(loadMessages);
  async function openIn(language: Language, address: string) {
    await start(language);
    return openApp(address);
  }
  return { missing, openIn };
}
