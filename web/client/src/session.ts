import { AuthClient, type AuthError, isAuthRetryableFetchError } from "@supabase/auth-js";
import type { RuntimeConfig } from "./config.ts";

/** A failure of the authentication service. The message is for the user. */
export class SessionError extends Error {
  readonly code: string | undefined;

  constructor(error: AuthError) {
    super(messageFor(error), { cause: error });
    this.name = "SessionError";
    this.code = error.code;
  }
}

const messages: Record<string, string> = {
  invalid_credentials: "Incorrect email address or password.",
  otp_expired: "This link has expired or was already used. Request a new one.",
  weak_password: "This password is too weak. Choose a longer one.",
  same_password: "The new password must differ from the current one.",
  over_request_rate_limit: "Too many attempts. Wait a minute, then try again.",
};

function messageFor(error: AuthError): string {
  if (isAuthRetryableFetchError(error))
    return "Cannot reach the sign-in service. Check your internet connection, then try again.";
  return (error.code !== undefined && messages[error.code]) || error.message;
}

/** The session of the signed-in user. The browser stores it; the access token is refreshed before it expires. */
export interface Session {
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** Signs in with the token of an email link. Throws a SessionError when the link has expired or was used. */
  verifyLink(tokenHash: string, type: LinkType): Promise<{ email: string }>;
  setPassword(password: string): Promise<void>;
  /** Sends an email with a link to `page` for a new password. The result is the same for unknown addresses. */
  sendPasswordReset(email: string, page: string): Promise<void>;
  /** Returns a valid access token; null when the user is signed out. */
  accessToken(): Promise<string | null>;
  /** Calls `callback` when the user signs out, in this tab or in another one. Returns a function that unsubscribes. */
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
      if (error !== null) throw new SessionError(error);
    },
    async signOut() {
      await auth.signOut({ scope: "local" });
    },
    async verifyLink(tokenHash, type) {
      const { data, error } = await auth.verifyOtp({ token_hash: tokenHash, type });
      if (error !== null) throw new SessionError(error);
      return { email: data.user?.email ?? "" };
    },
    async setPassword(password) {
      const { error } = await auth.updateUser({ password });
      if (error !== null) throw new SessionError(error);
    },
    async sendPasswordReset(email, page) {
      const { error } = await auth.resetPasswordForEmail(email, { redirectTo: page });
      if (error !== null) throw new SessionError(error);
    },
    async accessToken() {
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
