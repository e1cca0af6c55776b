import type { ComponentProps } from "react";
import type { FieldValues } from "react-hook-form";
import { Input } from "../components/ui/input.tsx";
import { type FormFieldProps, LabelledControl } from "./form-field.tsx";

/** An input of a form with its label, its description and its error. The value is text. */
export function InputField<Values extends FieldValues>({
  control,
  name,
  label,
  description,
  ...props
}: FormFieldProps<Values> & Omit<ComponentProps<"input">, "name" | "value" | "defaultValue" | "id">) {
  return (
    <LabelledControl control={control} description={description} label={label} name={name}>
      {(field) => <Input {...props} {...field} />}
    </LabelledControl>
  );
}
