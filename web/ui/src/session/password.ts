import { t } from "@lingui/core/macro";
import * as z from "zod/mini";

export const minPasswordLength = 12;

/** A new password and its confirmation. */
export const newPassword = z
  .object({
    password: z.string().check(
      z.refine((text) => [...text].length >= minPasswordLength, {
        error: () => t`Use at least ${minPasswordLength} characters.`,
      }),
    ),
    confirmation: z.string(),
  })
  .check(
    z.refine(({ password, confirmation }) => password === confirmation, {
      error: () => t`The passwords do not match.`,
      path: ["confirmation"],
    }),
  );
