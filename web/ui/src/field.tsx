import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";
import { useId } from "react";
import { cn } from "./cn.ts";

const control =
  "h-10 w-full rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-ink-faint aria-invalid:border-critical";

interface Described {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

function Described({ id, label, hint, error, children }: Described & { id: string; children: ReactNode }) {
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

/** An input with its label, a hint, and the error that replaces the hint. */
export function Field({
  label,
  hint,
  error,
  className,
  ...props
}: Described & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Described error={error} hint={hint} id={id} label={label}>
      <input
        aria-describedby={hint === undefined && error === undefined ? undefined : `${id}-note`}
        aria-invalid={error !== undefined}
        className={cn(control, className)}
        id={id}
        {...props}
      />
    </Described>
  );
}

/** The same for a choice among few. */
export function SelectField({
  label,
  hint,
  error,
  className,
  ...props
}: Described & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Described error={error} hint={hint} id={id} label={label}>
      <select
        aria-describedby={hint === undefined && error === undefined ? undefined : `${id}-note`}
        aria-invalid={error !== undefined}
        className={cn(control, "pr-8", className)}
        id={id}
        {...props}
      />
    </Described>
  );
}
