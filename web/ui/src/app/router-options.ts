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
};
