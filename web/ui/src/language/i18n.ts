import { setupI18n } from "@lingui/core";

/** The messages of the pages. The macros call it; it starts in English. */
export const i18n = setupI18n({ locale: "en", messages: { en: {} } });
