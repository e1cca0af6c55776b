import { t } from "@lingui/core/macro";
import * as z from "zod/mini";
import { emailText } from "./form/rules.ts";

const schema = z.object({
  email: emailText,
  password: z.string().check(z.minLength(1, { error: () => t`Enter your password.` })),
});

export type Credentials = z.infer<typeof schema>;

/** The messages about the fields of the sign-in form. */
export type SignInErrors = Partial<Record<keyof Credentials, string>>;

/** Checks the values of the sign-in form. */
export function parseSignIn(values: unknown): { data: Credentials } | { errors: SignInErrors } {
  const result = schema.safeParse(values);
  if (result.success) return { data: result.data };
  const errors: SignInErrors = {};
  for (const { path, message } of result.error.issues) errors[path[0] as keyof Credentials] ??= message;
  return { errors };
}
