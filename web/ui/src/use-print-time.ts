import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Returns the time at which the page was printed last, in milliseconds since 1970; that of the first rendering before. */
export function usePrintTime(): number {
  const [time, setTime] = useState(() => Date.now());
  useEffect(() => {
    // The browser takes the page right after the event.
    const update = () => flushSync(() => setTime(Date.now()));
    window.addEventListener("beforeprint", update);
    return () => window.removeEventListener("beforeprint", update);
  }, []);
  return time;
}
