export const shortestPassword = 12;

/** What is wrong with a new password typed twice; undefined when nothing is. */
export function passwordProblem(password: string, again: string): string | undefined {
  if ([...password].length < shortestPassword) return `Use at least ${shortestPassword} characters.`;
  if (password !== again) return "The two are not the same.";
  return undefined;
}
