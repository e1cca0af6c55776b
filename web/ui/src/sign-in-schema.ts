import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import * as z from "zod/mini";
import { emailText } from "./form/rules.ts";

/** The resolver of the sign-in form. */
export const signInResolver = standardSchemaResolver(
  z.object({
    email: emailText,
    password: z.string().check(z.minLength(1, { error: () => t`Enter your password.` })),
  }),
);
