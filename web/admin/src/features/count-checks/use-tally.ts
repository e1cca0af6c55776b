import { useState } from "react";
import { parseTally, type Tally } from "./tally.ts";

/**
 * Returns the tally of a camera in this browser, and a function that replaces it; null removes it. It is stored after each tap, so that a
 * page that is reloaded, or a phone that is locked, loses nothing.
 */
export function useTally(cameraId: string): [Tally | null, (tally: Tally | null) => void] {
  const key = `metrica-tally-${cameraId}`;
  const [tally, setTally] = useState(() => parseTally(localStorage.getItem(key)));
  return [
    tally,
    (next) => {
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
      setTally(next);
    },
  ];
}
