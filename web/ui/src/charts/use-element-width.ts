import { type RefObject, startTransition, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** The width of a chart on paper, in CSS pixels: about that of a panel on A4. The chart is scaled to the exact width. */
const printWidth = 640;

/**
 * Returns a ref and the current width of its element in CSS pixels; 0 before the first layout. While the page is printed it is the width
 * on paper: no element is observed then. The observer measures after the browser has laid out the page, so that nothing makes it do so in
 * between, and what is drawn with the width is drawn in pieces.
 */
export function useElementWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => startTransition(() => setWidth(element.clientWidth));
    const fitPaper = () => flushSync(() => setWidth(printWidth));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener("beforeprint", fitPaper);
    window.addEventListener("afterprint", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", fitPaper);
      window.removeEventListener("afterprint", measure);
    };
  }, []);
  return [ref, width];
}
