export const minPasswordLength = 12;

/** The errors of the two fields of a new password. A field without an error is not set. */
export interface PasswordErrors {
  password?: string;
  confirmation?: string;
}

/** Validates a new password and its confirmation. */
export function validatePassword(password: string, confirmation: string): PasswordErrors {
  if ([...password].length < minPasswordLength)
    return { password: `Use at least ${minPasswordLength} characters.` };
  if (password !== confirmation) return { confirmation: "The passwords do not match." };
  return {};
}
