import { Fragment, type ReactNode, useEffect, useRef } from "react";
import { useLanguage } from "./language.ts";

/**
 * Renders its children in the language of the page, and from the start when the language changes, so that every text, also that of
 * a memoized component, is in the new language. The control that changes the language gets the focus again.
 */
export function Localized({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const rendered = useRef(language);
  useEffect(() => {
    if (rendered.current === language) return;
    rendered.current = language;
    document.querySelector<HTMLElement>("[data-language-switch]")?.focus();
  }, [language]);
  return <Fragment key={language}>{children}</Fragment>;
}
