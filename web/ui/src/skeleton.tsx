import { cn } from "./cn.ts";

/** A placeholder for content that loads. It has the size of the content, so that the layout does not shift. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-2xl bg-sunken", className)} />;
}
