import { useId } from "react";
import { Controller, type FieldValues } from "react-hook-form";
import { Checkbox } from "../components/ui/checkbox.tsx";
import { Field, FieldContent, FieldLabel } from "../components/ui/field.tsx";
import { describedBy, type FormFieldProps, Note } from "./form-field.tsx";

/** A checkbox of a form, left of its label. */
export function CheckboxField<Values extends FieldValues>({
  control,
  name,
  label,
  description,
}: FormFieldProps<Values>) {
  const id = useId();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <Field data-invalid={fieldState.invalid} orientation="horizontal">
          <Checkbox
            {...field}
            {...describedBy(id, description, fieldState.invalid)}
            checked={value}
            onCheckedChange={(checked) => onChange(checked === true)}
          />
          <FieldContent>
            <FieldLabel className="min-h-6 font-normal text-sm" htmlFor={id}>
              {label}
            </FieldLabel>
            <Note description={description} error={fieldState.error} id={id} />
          </FieldContent>
        </Field>
      )}
    />
  );
}
