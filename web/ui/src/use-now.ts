import { useEffect, useState } from "react";

/** The browser's clock in milliseconds, moving on every `every` milliseconds: for words like "4 min ago". */
export function useNow(every = 10_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
