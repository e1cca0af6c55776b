import { i18n } from "./i18n.ts";
import { type Language, languagePreference, languages, preferredLanguage } from "./languages.ts";
import { type LoadMessages, uiMessages } from "./messages.ts";

/** The catalogues whose messages are loaded. Each one is loaded again when the language changes. */
const catalogues = new Set<LoadMessages>([uiMessages]);

let available: readonly Language[] = ["en"];

/** The language of the page. While the first messages load, it is the one in which the page will be. */
let wanted: Language = "en";

/** Returns the languages of the app. */
export function availableLanguages(): readonly Language[] {
  return available;
}

/** Sets the languages of the app, and loads the messages in the preferred one. */
export async function startLanguage(languagesOfApp: readonly Language[], load?: LoadMessages): Promise<void> {
  available = languagesOfApp;
  if (load !== undefined) catalogues.add(load);
  wanted = preferredLanguage(available);
  await activate(wanted);
}

/** Loads a further catalogue in the language of the page, also while the first messages of the page load. */
export async function addCatalogue(load: LoadMessages): Promise<void> {
  let language: Language;
  do {
    language = wanted;
    i18n.load(language, (await load(language)).messages);
  } while (language !== wanted);
  catalogues.add(load);
}

/** Loads a page with its messages. */
export async function withMessages<Page>(page: Promise<Page>, ...messages: LoadMessages[]): Promise<Page> {
  await Promise.all(messages.map(addCatalogue));
  return await page;
}

/** Changes the language of the page and remembers it in this browser. When a catalogue cannot be loaded, nothing changes. */
export async function switchLanguage(language: Language): Promise<void> {
  await activate(language);
  languagePreference.set(language);
}

async function activate(language: Language): Promise<void> {
  const loaded = await Promise.all([...catalogues].map((load) => load(language)));
  for (const { messages } of loaded) i18n.load(language, messages);
  wanted = language;
  i18n.activate(language, languages[language].locale);
  document.documentElement.lang = language;
}
