import type { Session } from "@metrica/client/session/session.ts";

/** The address of the APIs in the tests of both apps. */
export const apiUrl = "https://api.example.org";

export const testConfig = {
  apiUrl,
  supabaseUrl: "https://auth.example.org",
  supabaseAnonKey: "anon",
  environment: "test",
} as const;

/** The session of a signed-in user, of which a test changes what it is about. */
export function signedInSession(changes: Partial<Session> = {}): Session {
  return {
    isSignedIn: () => true,
    signIn: async () => {},
    signOut: async () => {},
    signOutEverywhere: async () => {},
    verifyLink: async () => ({ email: "" }),
    acceptLink: async () => ({ email: "" }),
    setPassword: async () => {},
    changePassword: async () => {},
    sendPasswordReset: async () => {},
    accessToken: async () => "token",
    replaceToken: async () => null,
    onSignedOut: () => () => {},
    ...changes,
  };
}
