import type { ButtonHTMLAttributes } from "react";
import { cn } from "./cn.ts";

const looks = {
  primary: "bg-accent text-accent-ink hover:bg-accent-strong",
  quiet: "border border-line bg-surface text-ink hover:bg-sunken",
  bare: "text-ink-soft hover:bg-sunken hover:text-ink",
  grave: "bg-critical text-accent-ink hover:opacity-90",
  danger: "border border-line bg-surface text-critical hover:bg-critical-soft",
} as const;

const sizes = { small: "h-8 px-3 text-[13px]", medium: "h-10 px-4 text-sm", icon: "size-9 text-lg" } as const;

/** Class names of a button, for the links that look like one. */
export function buttonClass(look: keyof typeof looks = "quiet", size: keyof typeof sizes = "medium"): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium transition-colors disabled:opacity-50",
    looks[look],
    sizes[size],
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  /** Work is under way: the button keeps its place and refuses a second press. */
  busy?: boolean;
}

export function Button({
  look,
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
      className={cn(buttonClass(look, size), className)}
      disabled={disabled === true || busy}
      type={type}
      {...props}
    />
  );
}
