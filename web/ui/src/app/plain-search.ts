import { parseSearchWith, stringifySearchWith } from "@tanstack/react-router";

/**
 * Search parameters as plain text. The router's own way reads them as JSON, which would make a number of a token that happens
 * to look like one, and puts quotes around dates.
 */
export const plainSearch = {
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
};
