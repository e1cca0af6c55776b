import type { LoadMessages } from "../language/messages.ts";

/** The messages about what an API refuses. */
export const problemMessages: LoadMessages = (language) => import(`./locales/${language}.po`);
