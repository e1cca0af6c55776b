import { useEffect, useEffectEvent } from "react";
import { type Shortcut, shortcutOf, typingPlaces } from "./shortcuts.ts";

/** Calls `onShortcut` for the keys of a store's page, wherever the focus is except in inputs and dialogs. */
export function useShortcuts(onShortcut: (shortcut: Shortcut) => void): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest(typingPlaces) !== null) return;
    const shortcut = shortcutOf(event);
    if (shortcut === undefined) return;
    event.preventDefault();
    onShortcut(shortcut);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
