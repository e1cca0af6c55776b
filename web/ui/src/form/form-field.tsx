import { type ReactNode, useId } from "react";
import {
  type Control,
  Controller,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
} from "react-hook-form";
import { Field, FieldDescription, FieldError, FieldLabel } from "../components/ui/field.tsx";

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

interface LabelledControlProps<Values extends FieldValues> extends FormFieldProps<Values> {
  /** Renders the control with its value, and with what connects it to its label and its description. */
  children: (
    properties: ControllerRenderProps<Values, FieldPath<Values>> & ReturnType<typeof describedBy>,
  ) => ReactNode;
}

/** A control of a form below its label, with its description and its error. */
export function LabelledControl<Values extends FieldValues>({
  control,
  name,
  label,
  description,
  children,
}: LabelledControlProps<Values>) {
  const id = useId();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field data-invalid={fieldState.invalid}>
          <FieldLabel htmlFor={id}>{label}</FieldLabel>
          {children({ ...field, ...describedBy(id, description, fieldState.invalid) })}
          <Note description={description} error={fieldState.error} id={id} />
        </Field>
      )}
    />
  );
}
