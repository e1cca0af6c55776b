import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Icon, type IconName } from "./icon.tsx";

const tones = {
  neutral: "bg-sunken text-ink-soft",
  accent: "bg-accent-soft text-accent-strong",
  positive: "bg-positive-soft text-positive",
  caution: "bg-caution-soft text-caution",
  critical: "bg-critical-soft text-critical",
} as const;

export type Tone = keyof typeof tones;

interface BadgeProps {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  className?: string;
  testId?: string;
  children: ReactNode;
}

export function Badge({ tone = "neutral", icon, title, className, testId, children }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-1 font-medium text-xs",
        tones[tone],
        className,
      )}
      data-testid={testId}
      title={title}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </span>
  );
}
