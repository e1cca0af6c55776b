import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

/** A placeholder for content that loads. Give it the size of the content, so that the layout does not shift. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      aria-hidden="true"
      className={cn("animate-pulse print:hidden rounded-2xl bg-muted", className)}
      data-slot="skeleton"
      {...props}
    />
  );
}
