import { useEffect, useState } from "react";
import type { Size } from "./geometry.ts";

/** While no picture is there, the proportions of most cameras. */
const usualSize: Size = { width: 1280, height: 720 };

/** The picture's own size in pixels; the usual one until it is loaded, and when it cannot be. */
export function usePictureSize(address: string | null): { size: Size; failed: boolean } {
  const [loaded, setLoaded] = useState<{ address: string; size: Size | null } | null>(null);
  useEffect(() => {
    if (address === null) return;
    const image = new Image();
    image.onload = () =>
      setLoaded({ address, size: { width: image.naturalWidth, height: image.naturalHeight } });
    image.onerror = () => setLoaded({ address, size: null });
    image.src = address;
    return () => {
      image.onload = null;
      image.onerror = null;
    };
  }, [address]);
  const current = loaded !== null && loaded.address === address ? loaded : null;
  return { size: current?.size ?? usualSize, failed: current !== null && current.size === null };
}
