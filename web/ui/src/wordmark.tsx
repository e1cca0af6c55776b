import { cn } from "./lib/utils.ts";

/** The logo and the name of the product. */
export function Wordmark({ className, suffix }: { className?: string; suffix?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold tracking-tight", className)}>
      <svg aria-hidden="true" className="text-primary" height="22" viewBox="0 0 24 24" width="22">
        <rect fill="currentColor" height="24" rx="7" width="24" />
        <path d="M5 15.5h14" stroke="var(--primary-foreground)" strokeLinecap="round" strokeWidth="2" />
        <path
          d="M12 19V6m-3.5 3.5L12 6l3.5 3.5"
          fill="none"
          stroke="var(--primary-foreground)"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeWidth="2"
        />
      </svg>
      Metrica {suffix !== undefined && <span className="font-normal text-muted-foreground">{suffix}</span>}
    </span>
  );
}
