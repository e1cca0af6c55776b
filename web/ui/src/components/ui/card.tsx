import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

export function Card({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn(
        "min-w-0 rounded-2xl border border-border bg-card text-card-foreground shadow-card",
        className,
      )}
      data-slot="card"
      {...props}
    />
  );
}

export function CardHeader({ className, ...props }: ComponentProps<"header">) {
  return (
    <header
      className={cn(
        "flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-5 pt-5 sm:px-6 sm:pt-6",
        className,
      )}
      data-slot="card-header"
      {...props}
    />
  );
}

export function CardTitle({ className, ...props }: ComponentProps<"h2">) {
  return (
    <h2
      className={cn("min-w-0 font-semibold text-[15px] tracking-tight", className)}
      data-slot="card-title"
      {...props}
    />
  );
}

export function CardDescription({ className, ...props }: ComponentProps<"p">) {
  return (
    <p
      className={cn("mt-0.5 text-[13px] text-muted-foreground", className)}
      data-slot="card-description"
      {...props}
    />
  );
}

export function CardAction({ className, ...props }: ComponentProps<"div">) {
  return <div className={className} data-slot="card-action" {...props} />;
}

export function CardContent({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("px-5 pt-5 pb-5 sm:px-6 sm:pb-6", className)} data-slot="card-content" {...props} />
  );
}
