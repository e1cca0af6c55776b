import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { BarLayout, Frame } from "./bar-layout.ts";
import type { Bar } from "./bucket.ts";

/** The properties of the link over a bar. */
export interface BarLinkProps {
  className: string;
  style: CSSProperties;
  tabIndex: number;
  onFocus: () => void;
  onPointerDown: (event: { pointerType: string }) => void;
  onClick: (event: { preventDefault: () => void }) => void;
}

/** Returns the link over a bar; null for a bar without one. */
export type RenderBarLink = (bar: Bar, props: BarLinkProps) => ReactNode;

interface BarLinksProps {
  /** The name of the group for screen readers. */
  label: string;
  layout: BarLayout;
  frame: Frame;
  /** The index of the bar with the tooltip. */
  active: number | null;
  onActivate: (index: number | null) => void;
  renderLink: RenderBarLink;
}

const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -1000, End: 1000 };

/**
 * Links over the columns of a bar chart. They are one tab stop; the arrow keys go from bar to bar. The first tap on a bar shows its
 * tooltip, the second one follows the link.
 */
export function BarLinks({ label, layout, frame, active, onActivate, renderLink }: BarLinksProps) {
  const group = useRef<HTMLElement>(null);
  const isFirstTap = useRef(false);
  const [tabStop, setTabStop] = useState(0);

  function moveFocus(event: KeyboardEvent) {
    const step = steps[event.key];
    const links = [...(group.current?.querySelectorAll("a") ?? [])];
    const index = links.findIndex((link) => link.contains(document.activeElement));
    if (step === undefined || index === -1 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    links[Math.min(Math.max(index + step, 0), links.length - 1)]?.focus();
  }

  const indexOfTabStop = Math.min(tabStop, layout.boxes.length - 1);
  return (
    <nav
      aria-label={label}
      className="print:hidden"
      onBlur={() => onActivate(null)}
      onKeyDown={moveFocus}
      ref={group}
    >
      {layout.boxes.map((box, index) =>
        renderLink(box.bar, {
          className: "absolute rounded-md",
          style: {
            left: box.slotX,
            top: frame.top - 6,
            width: box.slotWidth,
            height: layout.zeroY - frame.top + 6,
          },
          tabIndex: index === indexOfTabStop ? 0 : -1,
          onFocus: () => {
            setTabStop(index);
            onActivate(index);
          },
          onPointerDown: ({ pointerType }) => {
            isFirstTap.current = pointerType === "touch" && active !== index;
          },
          onClick: (event) => {
            if (isFirstTap.current) event.preventDefault();
            isFirstTap.current = false;
          },
        }),
      )}
    </nav>
  );
}
