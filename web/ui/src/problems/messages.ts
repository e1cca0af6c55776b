import type { LoadMessages } from "../language/catalogues.ts";

/** The messages about what an API refuses. */
export const problemMessages: LoadMessages = (language) => import(`./locales/${language}.po`);
