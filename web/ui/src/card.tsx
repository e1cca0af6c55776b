import type { HTMLAttributes, ReactNode } from "react";
import { useId } from "react";
import { cn } from "./cn.ts";

export function Card({ className, ...props }: HTMLAttributes<HTMLDivElement>) {
  return (
    <div className={cn("rounded-2xl border border-line bg-surface shadow-card", className)} {...props} />
  );
}

interface PanelProps {
  title: string;
  /** The line under the title: what the panel shows, with the unit. */
  description?: ReactNode;
  /** Controls or a legend, right of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A card with a title. Its title names the landmark for screen readers. */
export function Panel({ title, description, aside, className, children }: PanelProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn("rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6", className)}
    >
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h2 className="font-semibold text-[15px] tracking-tight" id={id}>
            {title}
          </h2>
          {description !== undefined && <p className="mt-0.5 text-[13px] text-ink-faint">{description}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
