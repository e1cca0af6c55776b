import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A row of links, one of which is the current one. The caller renders the links with `segmentClass`. */
export function SegmentedControl({
  label,
  caption,
  children,
}: {
  label: string;
  caption?: string;
  children: ReactNode;
}) {
  return (
    <nav aria-label={label} className="inline-flex items-center rounded-xl bg-sunken p-1">
      {caption !== undefined && <span className="pr-1 pl-2.5 text-[13px] text-ink-faint">{caption}</span>}
      {children}
    </nav>
  );
}

export function segmentClass(current: boolean): string {
  return cn(
    "rounded-lg px-3.5 py-1.5 font-medium text-[13px] transition-colors",
    current ? "bg-surface text-ink shadow-card" : "text-ink-soft hover:text-ink",
  );
}
