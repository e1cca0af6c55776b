import { cva, type VariantProps } from "class-variance-authority";
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

const alertVariants = cva(
  "grid grid-cols-[0_1fr] items-start gap-y-0.5 rounded-xl border px-3.5 py-2.5 text-sm has-[>svg]:grid-cols-[1rem_1fr] has-[>svg]:gap-x-2.5 [&>svg]:mt-0.5 [&>svg]:size-4",
  {
    variants: {
      variant: {
        default: "border-border bg-muted text-muted-foreground",
        success: "border-success/25 bg-success-muted text-success",
        warning: "border-warning/25 bg-warning-muted text-warning",
        destructive: "border-destructive/25 bg-destructive-muted text-destructive",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

const icons = {
  default: null,
  success: <CircleCheck />,
  warning: <TriangleAlert />,
  destructive: <TriangleAlert />,
};

/** A message about an event and what to do. Screen readers announce destructive messages immediately. */
export function Alert({
  className,
  variant,
  children,
  ...props
}: ComponentProps<"div"> & VariantProps<typeof alertVariants>) {
  return (
    <div
      className={cn(alertVariants({ variant }), className)}
      data-slot="alert"
      role={variant === "destructive" ? "alert" : "status"}
      {...props}
    >
      {icons[variant ?? "default"]}
      {children}
    </div>
  );
}

export function AlertTitle({ className, ...props }: ComponentProps<"div">) {
  return (
    <div className={cn("col-start-2 min-w-0 font-medium", className)} data-slot="alert-title" {...props} />
  );
}

export function AlertDescription({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("col-start-2 min-w-0", className)} data-slot="alert-description" {...props} />;
}
