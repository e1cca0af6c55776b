import { t } from "@lingui/core/macro";
import { X } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import { type ComponentProps, useRef } from "react";
import { cn } from "../../lib/utils.ts";
import { Button } from "./button.tsx";
import { InertPage } from "./inert-page.tsx";

export const Dialog = DialogPrimitive.Root;
export const DialogTrigger = DialogPrimitive.Trigger;

/**
 * The content of a modal dialog, over an overlay. When the dialog closes, the focus returns to the element that had it before, unless
 * something else has taken it: a field of the page that a command opens.
 *
 * The overlay is a plain element: the one of Radix inserts a style element, which the content security policy forbids.
 * `theme.css` locks the scrolling of the page while an overlay is open.
 */
export function DialogContent({
  className,
  children,
  onOpenAutoFocus,
  onCloseAutoFocus,
  ...props
}: ComponentProps<typeof DialogPrimitive.Content>) {
  const opener = useRef<Element | null>(null);
  return (
    <DialogPrimitive.Portal>
      <div className="fixed inset-0 z-50 bg-black/40" data-slot="dialog-overlay" />
      <DialogPrimitive.Content
        className={cn(
          "fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto rounded-2xl border border-border bg-card p-6 text-card-foreground shadow-card",
          className,
        )}
        data-slot="dialog-content"
        onCloseAutoFocus={(event) => {
          onCloseAutoFocus?.(event);
          if (event.defaultPrevented) return;
          event.preventDefault();
          const isFree = document.activeElement === null || document.activeElement === document.body;
          if (isFree && opener.current instanceof HTMLElement) opener.current.focus();
        }}
        onOpenAutoFocus={(event) => {
          opener.current = document.activeElement;
          onOpenAutoFocus?.(event);
          if (event.defaultPrevented || !(event.currentTarget instanceof HTMLElement)) return;
          const control = event.currentTarget.querySelector<HTMLElement>("input, select, textarea");
          if (control === null) return;
          event.preventDefault();
          control.focus();
        }}
        {...props}
      >
        <InertPage />
        {children}
        <DialogPrimitive.Close asChild>
          <Button
            aria-label={t({ message: "Close", context: "a dialog" })}
            className="absolute top-4 right-4"
            size="icon"
            type="button"
            variant="ghost"
          >
            <X />
          </Button>
        </DialogPrimitive.Close>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function DialogHeader({ className, ...props }: ComponentProps<"header">) {
  return <header className={cn("grid gap-1.5 pr-10", className)} data-slot="dialog-header" {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn("flex flex-wrap justify-end gap-2", className)}
      data-slot="dialog-footer"
      {...props}
    />
  );
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return (
    <DialogPrimitive.Title
      className={cn("min-w-0 font-semibold text-lg tracking-tight", className)}
      data-slot="dialog-title"
      {...props}
    />
  );
}

export function DialogDescription({
  className,
  ...props
}: ComponentProps<typeof DialogPrimitive.Description>) {
  return (
    <DialogPrimitive.Description
      className={cn("text-muted-foreground text-sm", className)}
      data-slot="dialog-description"
      {...props}
    />
  );
}
