import { t } from "@lingui/core/macro";
import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";

/**
 * Returns the resolver of a form that loads with the first validation. It keeps the schemas out of the first load of a page.
 * When it cannot be loaded, the form has the error `root`.
 */
export function lazyResolver<Values extends FieldValues>(
  load: () => Promise<Resolver<Values>>,
): Resolver<Values> {
  return async (...values) => {
    let resolver: Resolver<Values>;
    try {
      resolver = await load();
    } catch {
      const message = t`The form could not be loaded. Check the connection and reload the page.`;
      return { values: {}, errors: { root: { type: "load", message } } as FieldErrors<Values> };
    }
    return resolver(...values);
  };
}
