import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A row of links of which one is where you are; the links themselves belong to the router. */
export function Segmented({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="inline-flex rounded-xl bg-sunken p-1">
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
