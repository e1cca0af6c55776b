import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { cn } from "./cn.ts";

interface ScrollAcrossProps {
  /** What is inside, for those who reach it by keyboard. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A place for what may be wider than the page. Where it is, the keyboard can get there and scroll it; elsewhere it is no stop. */
export function ScrollAcross({ label, className, children }: ScrollAcrossProps) {
  const element = useRef<HTMLElement>(null);
  const [wider, setWider] = useState(false);

  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const measure = () => setWider(watched.scrollWidth > watched.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    for (const child of watched.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  return (
    <section
      // Words for screen readers are placed absolutely: without a frame here they would widen the page.
      className={cn("relative overflow-x-auto", className)}
      ref={element}
      {...(wider ? { "aria-label": label, tabIndex: 0 } : {})}
    >
      {children}
    </section>
  );
}
