import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { Field, FieldDescription, FieldError, FieldLabel } from "../components/ui/field.tsx";
import { Input } from "../components/ui/input.tsx";

/** The properties of every field of a form. */
export interface FormFieldProps<Values extends FieldValues> {
  control: Control<Values, unknown, unknown>;
  name: FieldPath<Values>;
  label: ReactNode;
  /** The line under the control. An error replaces it. */
  description?: ReactNode;
}

/** Returns the properties that connect a control with its description and its error. */
export function describedBy(id: string, description: ReactNode, invalid: boolean) {
  return {
    "aria-invalid": invalid,
    "aria-describedby": invalid || description !== undefined ? `${id}-note` : undefined,
    id,
  } as const;
}

/** The error of a field, else its description. */
export function Note({
  id,
  description,
  error,
}: {
  id: string;
  description: ReactNode;
  error: { message?: string | undefined } | undefined;
}) {
  if (error !== undefined) return <FieldError errors={[error]} id={`${id}-note`} />;
  return description === undefined ? null : (
    <FieldDescription id={`${id}-note`}>{description}</FieldDescription>
  );
}

/** An input of a form with its label, its description and its error. The value is text. */
export function InputField<Values extends FieldValues>({
  control,
  name,
  label,
  description,
  ...props
}: FormFieldProps<Values> & Omit<ComponentProps<"input">, "name" | "value" | "defaultValue" | "id">) {
  const id = useId();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field data-invalid={fieldState.invalid}>
          <FieldLabel htmlFor={id}>{label}</FieldLabel>
          <Input {...props} {...field} {...describedBy(id, description, fieldState.invalid)} />
          <Note description={description} error={fieldState.error} id={id} />
        </Field>
      )}
    />
  );
}
