import type { ButtonHTMLAttributes } from "react";
import { cn } from "./cn.ts";

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong",
  outline: "border border-line bg-surface text-ink hover:bg-sunken",
  ghost: "text-ink-soft hover:bg-sunken hover:text-ink",
  destructive: "bg-critical text-accent-ink hover:opacity-90",
  "destructive-outline": "border border-line bg-surface text-critical hover:bg-critical-soft",
} as const;

const sizes = { small: "h-8 px-3 text-[13px]", medium: "h-10 px-4 text-sm", icon: "size-9 text-lg" } as const;

/** Returns the class names of a button, for links that look like a button. */
export function buttonClass(
  variant: keyof typeof variants = "outline",
  size: keyof typeof sizes = "medium",
): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium transition-colors disabled:opacity-50",
    variants[variant],
    sizes[size],
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** Whether the action is in progress. The button is disabled meanwhile. */
  busy?: boolean;
}

export function Button({
  variant,
  size,
  busy = false,
  className,
  disabled,
  type = "button",
  ...props
}: ButtonProps) {
  return (
    <button
      aria-busy={busy}
      className={cn(buttonClass(variant, size), className)}
      disabled={disabled === true || busy}
      type={type}
      {...props}
    />
  );
}
