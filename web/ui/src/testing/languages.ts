import { afterEach, beforeEach, inject } from "vitest";
import { startLanguage } from "../language/catalogues.ts";
import { i18n } from "../language/i18n.ts";
import { type Language, languagePreference, languages } from "../language/languages.ts";
import type { LoadMessages } from "../language/messages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether this is the run of `make test-unit`, which vitest.config.ts says. */
    isQuick: boolean;
  }
}

export const allLanguages = Object.keys(languages) as Language[];

/**
 * The languages in which each page is shown: all of them, or in the quick run a translated one. A page asks for the same messages in every
 * language.
 */
export const testedLanguages: readonly Language[] = inject("isQuick") ? ["de"] : allLanguages;

/**
 * Prepares the tests of a file to show texts in all languages; afterwards they are in English again. `loadMessages` loads the catalogue
 * of the texts, if it is another one than that of this package.
 *
 * Returns a function that starts a language, and the ids of messages that a test has shown and that are in no catalogue which the page
 * has loaded.
 */
export function setUpLanguages(loadMessages?: LoadMessages) {
  const missing: string[] = [];
  beforeEach(() => {
    missing.length = 0;
    i18n.on("missing", ({ id }) => missing.push(id));
  });
  afterEach(async () => {
    localStorage.clear();
    await startLanguage(["en"]);
  });
  async function start(language: Language): Promise<void> {
    languagePreference.set(language);
    await startLanguage(allLanguages, loadMessages);
  }
  return { missing, start };
}
