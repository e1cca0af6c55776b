import { currentLocale } from "../language/language.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the format of the options in the language of the page and a time zone. One is made once, because that takes long. */
export function dateTimeFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = currentLocale();
  const key = JSON.stringify([locale, timeZone, options]);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    formats.set(key, format);
  }
  return format;
}
