import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";

const tones = {
  neutral: "border-line bg-sunken text-ink-soft",
  caution: "border-caution/25 bg-caution-soft text-caution",
  critical: "border-critical/25 bg-critical-soft text-critical",
  positive: "border-positive/25 bg-positive-soft text-positive",
} as const;

interface NoticeProps {
  tone?: keyof typeof tones;
  className?: string;
  testId?: string;
  children: ReactNode;
}

/** A message about an event and what to do. Screen readers announce critical messages immediately. */
export function Notice({ tone = "neutral", className, testId, children }: NoticeProps) {
  return (
    <div
      className={cn(
        "flex items-start gap-2.5 rounded-xl border px-3.5 py-2.5 text-sm",
        tones[tone],
        className,
      )}
      data-testid={testId}
      role={tone === "critical" ? "alert" : "status"}
    >
      {tone !== "neutral" && (
        <Icon className="mt-0.5 shrink-0" name={tone === "positive" ? "check" : "alert"} />
      )}
      <div className="min-w-0">{children}</div>
    </div>
  );
}
