/*
 * The endpoints of Supabase Auth (GoTrue) that the pages call.
 *
 * SessionError                 any failure of the service; its message is for the user
 * ├── AuthUnavailableError     no answer, too many requests, or a fault of the service: try again later
 * │   └── AuthIncompleteError  an answer without a session
 * └── AuthRefusedError         the service refuses the credentials, the link or the token
 */
import type { RuntimeConfig } from "../config.ts";

export class SessionError extends Error {}

export class AuthUnavailableError extends SessionError {
  /** How long to wait before the next request, in seconds; undefined when the service does not say. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: ErrorOptions & { retryAfter?: number | undefined } = {}) {
    super(message, options);
    this.retryAfter = options.retryAfter;
  }
}

export class AuthIncompleteError extends AuthUnavailableError {}

export class AuthRefusedError extends SessionError {
  /** The stable code of the service: `invalid_credentials`, `otp_expired`; `signed_out` without a session in the browser. */
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/** The tokens of a session, as the service issues them. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  /** The lifetime of the access token in seconds, from when it is issued. */
  expires_in: number;
  email: string | null;
}

export const linkTypes = ["invite", "recovery", "magiclink", "signup", "email"] as const;

export type LinkType = (typeof linkTypes)[number];

const apiVersion = "2024-01-01";
const timeoutMs = 10_000;

const usedLink = "This link has expired or was already used. Request a new one.";
const messages: Record<string, string> = {
  invalid_credentials: "Incorrect email address or password.",
  otp_expired: usedLink,
  // A link of a mail can lead here with the tokens of a new session.
  refresh_token_not_found: usedLink,
  refresh_token_already_used: usedLink,
  weak_password: "This password is too weak. Choose a longer one.",
  same_password: "The new password must differ from the current one.",
};

const unreachable =
  "Cannot reach the sign-in service. Check your internet connection. The page tries again by itself.";

export interface AuthService {
  signIn(email: string, password: string): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  verifyLink(tokenHash: string, type: LinkType): Promise<Tokens>;
  setPassword(accessToken: string, password: string): Promise<void>;
  sendPasswordReset(email: string, page: string): Promise<void>;
  /** Ends the session of the token, or with `global` all sessions of the user. */
  signOut(accessToken: string, scope: "local" | "global"): Promise<void>;
}

export function createAuthService({ supabaseUrl, supabaseAnonKey }: RuntimeConfig): AuthService {
  async function send(method: "POST" | "PUT", path: string, body: object | null, token = supabaseAnonKey) {
    let response: Response;
    try {
      response = await fetch(`${supabaseUrl}/auth/v1${path}`, {
        method,
        headers: {
          apikey: supabaseAnonKey,
          Authorization: `Bearer ${token}`,
          "X-Supabase-Api-Version": apiVersion,
          ...(body === null ? {} : { "Content-Type": "application/json" }),
        },
        body: body === null ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
        keepalive: true,
      });
    } catch (cause) {
      throw new AuthUnavailableError(unreachable, { cause });
    }
    const answer = await readJson(response);
    if (!response.ok) throw toError(response, answer);
    return answer;
  }

  return {
    signIn: async (email, password) =>
      parseTokens(await send("POST", "/token?grant_type=password", { email, password })),
    refresh: async (refreshToken) =>
      parseTokens(await send("POST", "/token?grant_type=refresh_token", { refresh_token: refreshToken })),
    verifyLink: async (tokenHash, type) =>
      parseTokens(await send("POST", "/verify", { token_hash: tokenHash, type })),
    async setPassword(accessToken, password) {
      await send("PUT", "/user", { password }, accessToken);
    },
    async sendPasswordReset(email, page) {
      await send("POST", `/recover?redirect_to=${encodeURIComponent(page)}`, { email });
    },
    async signOut(accessToken, scope) {
      await send("POST", `/logout?scope=${scope}`, null, accessToken);
    },
  };
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const value: unknown = await response.json();
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function toError(response: Response, answer: Record<string, unknown>): SessionError {
  const { status } = response;
  if (status === 429) {
    return new AuthUnavailableError("Too many attempts. Wait a minute, then try again.", {
      retryAfter: Number(response.headers.get("Retry-After")) || 60,
    });
  }
  if (status >= 500 || status === 408) return new AuthUnavailableError(unreachable);
  const code = typeof answer.code === "string" ? answer.code : undefined;
  const text =
    typeof answer.message === "string" ? answer.message : `The sign-in service answered ${status}.`;
  return new AuthRefusedError(messages[code ?? ""] ?? text, code);
}

function parseTokens(answer: Record<string, unknown>): Tokens {
  const { access_token, refresh_token, expires_in, user } = answer;
  if (typeof access_token !== "string" || typeof refresh_token !== "string" || typeof expires_in !== "number")
    throw new AuthIncompleteError("The sign-in service returned an incomplete session. Try again.");
  const email =
    typeof user === "object" && user !== null && "email" in user && typeof user.email === "string"
      ? user.email
      : null;
  return { access_token, refresh_token, expires_in, email };
}
