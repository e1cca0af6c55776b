import { type ComponentProps, useId } from "react";
import { Controller, type FieldValues } from "react-hook-form";
import { Field, FieldLabel } from "../components/ui/field.tsx";
import { NativeSelect } from "../components/ui/native-select.tsx";
import { describedBy, type FormFieldProps, Note } from "./input-field.tsx";

/** A select of a form. `children` are its options. */
export function SelectField<Values extends FieldValues>({
  control,
  name,
  label,
  description,
  children,
  ...props
}: FormFieldProps<Values> & Omit<ComponentProps<"select">, "name" | "value" | "defaultValue" | "id">) {
  const id = useId();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field data-invalid={fieldState.invalid}>
          <FieldLabel htmlFor={id}>{label}</FieldLabel>
          <NativeSelect {...props} {...field} {...describedBy(id, description, fieldState.invalid)}>
            {children}
          </NativeSelect>
          <Note description={description} error={fieldState.error} id={id} />
        </Field>
      )}
    />
  );
}
