import type { LoadMessages } from "../language/messages.ts";

/** The messages about incidents: their titles, and what is wrong and what to do. */
export const incidentMessages: LoadMessages = (language) => import(`./locales/${language}.po`);
