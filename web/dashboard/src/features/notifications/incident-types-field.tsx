import { t } from "@lingui/core/macro";
import { Checkbox } from "@metrica/ui/components/ui/checkbox.tsx";
import { Field, FieldError, FieldLabel, FieldLegend, FieldSet } from "@metrica/ui/components/ui/field.tsx";
import { cameraIncidentTypes, incidentTitle } from "@metrica/ui/incidents/incident-types.ts";
import { useId } from "react";
import { type Control, Controller } from "react-hook-form";
import type { ChannelValues } from "./channel-schema.ts";

/** The checkboxes of the types of incidents. */
export function IncidentTypesField({ control }: { control: Control<ChannelValues, unknown, unknown> }) {
  const id = useId();
  return (
    <Controller
      control={control}
      name="incident_types"
      render={({ field: { value, onChange, onBlur, ref }, fieldState: { error, invalid } }) => (
        <FieldSet
          aria-describedby={invalid ? `${id}-error` : undefined}
          className="rounded-lg border border-border p-3 sm:grid-cols-2"
        >
          <FieldLegend className="mb-0 px-1">{t`Types of incidents`}</FieldLegend>
          {cameraIncidentTypes.map((type, index) => (
            <Field key={type} orientation="horizontal">
              <Checkbox
                aria-invalid={invalid}
                checked={value.includes(type)}
                id={`${id}-${type}`}
                onBlur={onBlur}
                onCheckedChange={(checked) =>
                  onChange(checked === true ? [...value, type] : value.filter((other) => other !== type))
                }
                ref={index === 0 ? ref : undefined}
              />
              <FieldLabel className="min-h-6 font-normal text-[13px]" htmlFor={`${id}-${type}`}>
                {incidentTitle(type)}
              </FieldLabel>
            </Field>
          ))}
          {error !== undefined && (
            <FieldError className="sm:col-span-2" errors={[error]} id={`${id}-error`} />
          )}
        </FieldSet>
      )}
    />
  );
}
