import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

export function Label({ className, ...props }: ComponentProps<"label">) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller connects it with `htmlFor`
    <label
      className={cn("flex select-none items-center gap-2 font-medium text-[13px]", className)}
      data-slot="label"
      {...props}
    />
  );
}
