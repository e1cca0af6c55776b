import { AuthClient, type AuthError, isAuthRetryableFetchError } from "@supabase/auth-js";
import type { RuntimeConfig } from "./config.ts";

/** Signing in did not work; the message is for the person at the screen. */
export class SignInError extends Error {
  readonly code: string | undefined;

  constructor(error: AuthError) {
    super(wordsFor(error), { cause: error });
    this.name = "SignInError";
    this.code = error.code;
  }
}

const words: Record<string, string> = {
  invalid_credentials: "E-mail address and password do not belong together.",
  otp_expired: "This link has been used already, or has expired. Ask for a new invitation.",
  weak_password: "This password is too easy to guess. Choose a longer one.",
  same_password: "This is the password you have already. Choose another one.",
  over_request_rate_limit: "Too many tries. Wait a minute, then try again.",
};

function wordsFor(error: AuthError): string {
  if (isAuthRetryableFetchError(error))
    return "The sign-in service cannot be reached. Try again in a moment.";
  return (error.code !== undefined && words[error.code]) || error.message;
}

/** Who is signed in on this browser; kept in its storage and refreshed in time. */
export interface Session {
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** Takes up the invitation (or the recovery) that a mail linked to. Throws SignInError when the link is spent. */
  acceptLink(tokenHash: string, type: LinkType): Promise<{ email: string }>;
  setPassword(password: string): Promise<void>;
  /** Has a link mailed that leads to `page`, where a new password can be set; says nothing about who has an account. */
  sendRecovery(email: string, page: string): Promise<void>;
  /** A valid access token; null when nobody is signed in. */
  token(): Promise<string | null>;
  /** Calls back when the person signs out, here or in another tab. Returns how to stop. */
  onSignedOut(callback: () => void): () => void;
}

export const linkTypes = ["invite", "recovery", "magiclink", "signup", "email"] as const;

export type LinkType = (typeof linkTypes)[number];

export function createSession(config: RuntimeConfig, storageKey: string): Session {
  const auth = new AuthClient({
    url: `${config.supabaseUrl}/auth/v1`,
    headers: { apikey: config.supabaseAnonKey, Authorization: `Bearer ${config.supabaseAnonKey}` },
    storageKey,
    autoRefreshToken: true,
    persistSession: true,
    detectSessionInUrl: false,
    flowType: "implicit",
  });

  return {
    async signIn(email, password) {
      const { error } = await auth.signInWithPassword({ email, password });
      if (error !== null) throw new SignInError(error);
    },
    async signOut() {
      await auth.signOut({ scope: "local" });
    },
    async acceptLink(tokenHash, type) {
      const { data, error } = await auth.verifyOtp({ token_hash: tokenHash, type });
      if (error !== null) throw new SignInError(error);
      return { email: data.user?.email ?? "" };
    },
    async setPassword(password) {
      const { error } = await auth.updateUser({ password });
      if (error !== null) throw new SignInError(error);
    },
    async sendRecovery(email, page) {
      const { error } = await auth.resetPasswordForEmail(email, { redirectTo: page });
      if (error !== null) throw new SignInError(error);
    },
    async token() {
      const { data } = await auth.getSession();
      return data.session?.access_token ?? null;
    },
    onSignedOut(callback) {
      const { data } = auth.onAuthStateChange((event) => {
        if (event === "SIGNED_OUT") callback();
      });
      return () => data.subscription.unsubscribe();
    },
  };
}
