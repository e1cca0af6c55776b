import type { Messages } from "@lingui/core";
import type { Language } from "./languages.ts";

/** Loads a catalogue: the messages of a part of the app in a language. */
export type LoadMessages = (language: Language) => Promise<{ messages: Messages }>;

/** The messages of the components that both apps share. */
export const uiMessages: LoadMessages = (language) => import(`../locales/${language}.po`);
