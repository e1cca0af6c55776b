import * as z from "zod/mini";

/** Text that is not empty, without spaces around it. */
export function requiredText(message: string, maxLength?: number) {
  const text = z.string().check(z.trim(), z.minLength(1, message));
  return maxLength === undefined
    ? text
    : text.check(z.maxLength(maxLength, `Use at most ${maxLength} characters.`));
}

/** The text of an email address. */
export const emailText = z
  .string()
  .check(
    z.trim(),
    z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Enter an email address, for example name@example.com."),
  );

interface NumberLimits {
  min: number;
  max: number;
  /** Whether only whole numbers are valid. */
  whole?: boolean;
}

/** The text of a number within limits, as a number. */
export function numberText({ min, max, whole = false }: NumberLimits) {
  const kind = whole ? "a whole number" : "a number";
  const message = `Enter ${kind} from ${min} to ${max.toLocaleString("en")}.`;
  const isValid = (text: string) => {
    const value = text === "" ? Number.NaN : Number(text);
    return value >= min && value <= max && (!whole || Number.isInteger(value));
  };
  return z.pipe(z.string().check(z.trim(), z.refine(isValid, message)), z.transform(Number));
}
