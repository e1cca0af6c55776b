import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { cn } from "./lib/utils.ts";

interface HorizontalScrollProps {
  /** The name of the group for screen readers. */
  label: string;
  className?: string;
  children: ReactNode;
}

/**
 * A group that scrolls horizontally when its content is too wide. Only then it is focusable, for keyboard users. It is no
 * landmark: a page has one for each of many stores, also of the same name.
 */
export function HorizontalScroll({ label, className, children }: HorizontalScrollProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => setOverflows(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      // The text for screen readers is positioned absolutely. Without `relative` it would widen the page.
      className={cn("relative overflow-x-auto", className)}
      data-slot="horizontal-scroll"
      ref={ref}
      {...(overflows ? { role: "group", "aria-label": label, tabIndex: 0 } : {})}
    >
      {children}
    </div>
  );
}
