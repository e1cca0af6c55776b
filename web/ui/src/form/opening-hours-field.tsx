import { t } from "@lingui/core/macro";
import type { ComponentProps } from "react";
import { type FieldPathValue, type FieldValues, useWatch } from "react-hook-form";
import { formatTimeRanges, OpeningHoursError, parseTimeRanges } from "../opening-hours.ts";
import { InputField } from "./input-field.tsx";

/** The opening hours of a day as a person writes them. Below it is what was understood, before it is saved. */
export function OpeningHoursField<Values extends FieldValues>({
  description,
  ...props
}: ComponentProps<typeof InputField<Values>>) {
  const text: FieldPathValue<Values, typeof props.name> = useWatch({
    control: props.control,
    name: props.name,
  });
  return <InputField<Values> {...props} description={describeHours(String(text ?? "")) ?? description} />;
}

/** Returns what a text was understood as; undefined where the text says so itself, and for one that is not valid. */
export function describeHours(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    const ranges = parseTimeRanges(text);
    const hours = formatTimeRanges(ranges);
    if (ranges.length === 0) return t`Understood as closed.`;
    if (ranges.some(([opens, closes]) => closes <= opens))
      return t`Understood as ${hours}, until the next day.`;
    return hours === text.trim() ? undefined : t`Understood as ${hours}.`;
  } catch (error) {
    if (error instanceof OpeningHoursError) return undefined;
    throw error;
  }
}
