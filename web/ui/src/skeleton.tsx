import { cn } from "./cn.ts";

/** The outline of what is about to come, at its later size so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-2xl bg-sunken", className)} />;
}
