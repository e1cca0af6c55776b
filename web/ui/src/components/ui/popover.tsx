import { Popover as PopoverPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

export const Popover = PopoverPrimitive.Root;
export const PopoverAnchor = PopoverPrimitive.Anchor;
export const PopoverTrigger = PopoverPrimitive.Trigger;

interface PopoverContentProps extends ComponentProps<typeof PopoverPrimitive.Content> {
  /** Whether the content stays where it is in the document, so that the tab key leads from the trigger to it. */
  inline?: boolean;
}

export function PopoverContent({ className, inline = false, sideOffset = 4, ...props }: PopoverContentProps) {
  const content = (
    <PopoverPrimitive.Content
      className={cn(
        "z-50 max-w-[calc(100vw-1rem)] rounded-xl border border-border bg-popover p-4 text-popover-foreground shadow-card outline-none",
        className,
      )}
      collisionPadding={8}
      data-slot="popover-content"
      sideOffset={sideOffset}
      {...props}
    />
  );
  return inline ? content : <PopoverPrimitive.Portal>{content}</PopoverPrimitive.Portal>;
}
