import { useEffect, useState } from "react";

/** Returns the current time in milliseconds since 1970, updated every `intervalMs`. For texts such as "4 min ago". */
export function useNow(intervalMs = 10_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
