import type { LoadMessages } from "../language/messages.ts";

/** The messages of the pages about the links of mails. */
export const linkMessages: LoadMessages = (language) => import(`./locales/${language}.po`);
