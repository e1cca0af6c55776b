export const shortestPassword = 12;

/** What is wrong with each of the two fields of a new password; neither is set when nothing is. */
export interface PasswordProblems {
  password?: string;
  again?: string;
}

export function passwordProblems(password: string, again: string): PasswordProblems {
  if ([...password].length < shortestPassword)
    return { password: `Use at least ${shortestPassword} characters.` };
  if (password !== again) return { again: "The two are not the same." };
  return {};
}
