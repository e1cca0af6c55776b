import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";
import { Label } from "./label.tsx";

export function FieldSet({ className, ...props }: ComponentProps<"fieldset">) {
  return <fieldset className={cn("grid min-w-0 gap-3", className)} data-slot="field-set" {...props} />;
}

export function FieldLegend({ className, ...props }: ComponentProps<"legend">) {
  return (
    <legend
      className={cn("mb-2 text-[13px] text-muted-foreground", className)}
      data-slot="field-legend"
      {...props}
    />
  );
}

export function FieldGroup({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("grid w-full min-w-0 gap-4", className)} data-slot="field-group" {...props} />;
}

const fieldVariants = cva("flex w-full min-w-0", {
  variants: {
    orientation: {
      vertical: "flex-col gap-1.5",
      horizontal: "flex-row items-start gap-2.5",
    },
  },
  defaultVariants: { orientation: "vertical" },
});

/** A control with its label, its description and its errors. */
export function Field({
  className,
  orientation,
  ...props
}: ComponentProps<"div"> & VariantProps<typeof fieldVariants>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset needs a legend; a field has a label
    <div
      className={cn(fieldVariants({ orientation }), className)}
      data-slot="field"
      role="group"
      {...props}
    />
  );
}

export function FieldContent({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn("flex min-w-0 flex-1 flex-col gap-0.5", className)}
      data-slot="field-content"
      {...props}
    />
  );
}

export function FieldLabel({ className, ...props }: ComponentProps<typeof Label>) {
  return <Label className={cn("w-fit", className)} data-slot="field-label" {...props} />;
}

export function FieldDescription({ className, ...props }: ComponentProps<"p">) {
  return (
    <p
      className={cn("text-[13px] text-muted-foreground", className)}
      data-slot="field-description"
      {...props}
    />
  );
}

interface FieldErrorProps extends ComponentProps<"div"> {
  errors?: readonly ({ message?: string | undefined } | undefined)[];
}

/** The messages of the errors of a field; nothing without errors. Screen readers announce them. */
export function FieldError({ className, children, errors, ...props }: FieldErrorProps) {
  const content = children ?? errors?.map((error) => error?.message).join(" ");
  if (!content) return null;
  return (
    <div
      className={cn("text-[13px] text-destructive", className)}
      data-slot="field-error"
      role="alert"
      {...props}
    >
      {content}
    </div>
  );
}
