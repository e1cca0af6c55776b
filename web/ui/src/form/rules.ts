import { t } from "@lingui/core/macro";
import * as z from "zod/mini";
import { formatCount } from "../format/number.ts";

/** A message, or a function that returns it. A schema that is created before the language is known needs a function. */
type Message = string | (() => string);

/** Text that is not empty, without spaces around it. */
export function requiredText(message: Message, maxLength?: number) {
  const text = z.string().check(z.trim(), z.minLength(1, { error: message }));
  return maxLength === undefined
    ? text
    : text.check(z.maxLength(maxLength, { error: () => t`Use at most ${maxLength} characters.` }));
}

/** The text of an email address. */
export const emailText = z.string().check(
  z.trim(),
  z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, {
    error: () => t`Enter an email address, for example name@example.com.`,
  }),
);

interface NumberLimits {
  min: number;
  max: number;
  /** Whether only whole numbers are valid. */
  whole?: boolean;
}

/** The text of a number within limits, as a number. */
export function numberText({ min, max, whole = false }: NumberLimits) {
  const message = () => {
    const [least, most] = [formatCount(min), formatCount(max)];
    return whole
      ? t`Enter a whole number from ${least} to ${most}.`
      : t`Enter a number from ${least} to ${most}.`;
  };
  const isValid = (text: string) => {
    const value = text === "" ? Number.NaN : Number(text);
    return value >= min && value <= max && (!whole || Number.isInteger(value));
  };
  return z.pipe(z.string().check(z.trim(), z.refine(isValid, { error: message })), z.transform(Number));
}
