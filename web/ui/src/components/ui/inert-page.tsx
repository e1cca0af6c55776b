import { useLayoutEffect } from "react";

/** Makes the page behind a modal dialog inert: it takes no focus, no clicks, and screen readers skip it. */
export function InertPage() {
  useLayoutEffect(() => {
    const page = document.getElementById("root");
    if (page === null) return;
    const wasInert = page.inert; // by a dialog below this one
    page.inert = true;
    return () => {
      page.inert = wasInert;
    };
  }, []);
  return null;
}
