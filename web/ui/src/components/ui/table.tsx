import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

/** A table. Put it into a `HorizontalScroll` when it can be wider than its container. */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return <table className={cn("w-full text-sm tabular-nums", className)} data-slot="table" {...props} />;
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return (
    <thead className={cn("text-muted-foreground text-xs", className)} data-slot="table-header" {...props} />
  );
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&_tr:last-child]:border-0", className)} data-slot="table-body" {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("border-border border-b", className)} data-slot="table-row" {...props} />;
}

export function TableHead({ className, ...props }: ComponentProps<"th">) {
  return <th className={cn("px-2 py-1.5 font-normal", className)} data-slot="table-head" {...props} />;
}

export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("px-2 py-1.5", className)} data-slot="table-cell" {...props} />;
}

export function TableCaption({ className, ...props }: ComponentProps<"caption">) {
  return <caption className={cn("sr-only", className)} data-slot="table-caption" {...props} />;
}
