import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";
import { useId } from "react";
import { cn } from "./cn.ts";

const controlClass =
  "h-10 w-full rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-ink-faint aria-invalid:border-critical";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

function FieldLayout({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label className="font-medium text-[13px]" htmlFor={id}>
        {label}
      </label>
      {children}
      {hint !== undefined && error === undefined && (
        <p className="text-[13px] text-ink-faint" id={`${id}-note`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className="text-[13px] text-critical" id={`${id}-note`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** An input with a label and a hint. An error replaces the hint. */
export function Field({
  label,
  hint,
  error,
  className,
  ...props
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <FieldLayout error={error} hint={hint} id={id} label={label}>
      <input
        aria-describedby={hint === undefined && error === undefined ? undefined : `${id}-note`}
        aria-invalid={error !== undefined}
        className={cn(controlClass, className)}
        id={id}
        {...props}
      />
    </FieldLayout>
  );
}

/** A select with a label and a hint. An error replaces the hint. */
export function SelectField({
  label,
  hint,
  error,
  className,
  ...props
}: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <FieldLayout error={error} hint={hint} id={id} label={label}>
      <select
        aria-describedby={hint === undefined && error === undefined ? undefined : `${id}-note`}
        aria-invalid={error !== undefined}
        className={cn(controlClass, "pr-8", className)}
        id={id}
        {...props}
      />
    </FieldLayout>
  );
}
