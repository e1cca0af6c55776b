import type { ComponentProps } from "react";
import type { FieldValues } from "react-hook-form";
import { NativeSelect } from "../components/ui/native-select.tsx";
import { type FormFieldProps, LabelledControl } from "./form-field.tsx";

/** A select of a form. `children` are its options. */
export function SelectField<Values extends FieldValues>({
  control,
  name,
  label,
  description,
  children,
  ...props
}: FormFieldProps<Values> & Omit<ComponentProps<"select">, "name" | "value" | "defaultValue" | "id">) {
  return (
    <LabelledControl control={control} description={description} label={label} name={name}>
      {(field) => (
        <NativeSelect {...props} {...field}>
          {children}
        </NativeSelect>
      )}
    </LabelledControl>
  );
}
