import { parseSearchWith, stringifySearchWith } from "@tanstack/react-router";
import { ErrorPage } from "../error-pages.tsx";

/**
 * Router options that both apps share. Search parameters are plain text: the default of TanStack Router is JSON, which turns
 * a token of digits into a number and puts quotes around dates.
 */
export const routerOptions = {
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
  search: { strict: true },
};

/**
 * Returns the parsed search parameters with every raw one unset. TanStack Router adds the parsed parameters to the raw ones, so
 * that an invalid `date=yesterday`, which a parser omits, would reach the page.
 */
export function onlyParsed<T extends object>(raw: Record<string, unknown>, parsed: T): T {
  return { ...Object.fromEntries(Object.keys(raw).map((key) => [key, undefined])), ...parsed };
}
