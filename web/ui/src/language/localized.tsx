import { Fragment, type ReactNode, useEffect, useRef } from "react";
import { i18n } from "./i18n.ts";
import { useLanguage } from "./language.ts";

/**
 * Renders its children in the language of the page, and from the start when the language changes, so that every text, also that of
 * a memoized component, is in the new language. The element with the focus, if it has an id, gets the focus again.
 */
export function Localized({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const focusedId = useRef("");
  useEffect(
    () =>
      i18n.on("change", () => {
        focusedId.current = document.activeElement?.id ?? "";
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs after each change of the language
  useEffect(() => {
    if (focusedId.current !== "") document.getElementById(focusedId.current)?.focus();
  }, [language]);
  return <Fragment key={language}>{children}</Fragment>;
}
