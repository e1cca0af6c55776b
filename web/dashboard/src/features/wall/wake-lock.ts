import { useEffect } from "react";

/** Keeps the screen on while the page is visible, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    const wakeLock = (navigator as { wakeLock?: WakeLock }).wakeLock; // not on plain HTTP pages of other hosts
    if (wakeLock === undefined) return;
    let held: WakeLockSentinel | null = null;
    let isMounted = true;
    const request = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const sentinel = await wakeLock.request("screen");
        if (isMounted) held = sentinel;
        else await sentinel.release();
      } catch {
        // The device refuses, for example because its battery is low. The page works without it.
      }
    };
    void request();
    document.addEventListener("visibilitychange", request);
    return () => {
      isMounted = false;
      document.removeEventListener("visibilitychange", request);
      void held?.release();
    };
  }, []);
}
