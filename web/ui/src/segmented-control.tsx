import type { ReactNode } from "react";
import { cn } from "./lib/utils.ts";

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
    <nav aria-label={label} className="inline-flex items-center rounded-xl bg-muted p-1">
      {caption !== undefined && (
        <span className="pr-1 pl-2.5 text-[13px] text-muted-foreground">{caption}</span>
      )}
      {children}
    </nav>
  );
}

export function segmentClass(current: boolean): string {
  return cn(
    "rounded-lg px-2.5 py-1.5 font-medium sm:px-3 text-[13px] transition-colors",
    current ? "bg-card text-foreground shadow-card" : "text-muted-foreground hover:text-foreground",
  );
}
