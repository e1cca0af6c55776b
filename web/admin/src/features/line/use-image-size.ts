import { useEffect, useState } from "react";
import type { Size } from "./geometry.ts";

/** The size without an image: the aspect ratio of most cameras. */
const defaultSize: Size = { width: 1280, height: 720 };

/** Returns the size of an image in pixels; the default size until it is loaded and when it cannot be loaded. */
export function useImageSize(url: string | null): { size: Size; failed: boolean } {
  const [loaded, setLoaded] = useState<{ url: string; size: Size | null } | null>(null);
  useEffect(() => {
    if (url === null) return;
    const image = new Image();
    image.onload = () => setLoaded({ url, size: { width: image.naturalWidth, height: image.naturalHeight } });
    image.onerror = () => setLoaded({ url, size: null });
    image.src = url;
    return () => {
      image.onload = null;
      image.onerror = null;
    };
  }, [url]);
  const current = loaded !== null && loaded.url === url ? loaded : null;
  return { size: current?.size ?? defaultSize, failed: current !== null && current.size === null };
}
