import type { Tokens } from "./auth-service.ts";

/** A session in the storage of the browser. */
export interface StoredSession extends Tokens {
  /** When the tokens arrived, by the clock of this browser, in milliseconds since 1970. */
  received_at: number;
}

/** The storage of the session. All tabs of an app share it. */
export interface SessionStorage {
  read(): StoredSession | null;
  write(session: StoredSession): void;
  remove(): void;
}

export function createSessionStorage(key: string, storage: Storage = localStorage): SessionStorage {
  return {
    read() {
      return parseSession(storage.getItem(key));
    },
    write(session) {
      storage.setItem(key, JSON.stringify(session));
    },
    remove() {
      storage.removeItem(key);
    },
  };
}

/** Parses a stored session; null for other text. A session without the time of its arrival has stale tokens. */
function parseSession(text: string | null): StoredSession | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { access_token, refresh_token, expires_in, email, received_at } = value as Record<string, unknown>;
  if (typeof access_token !== "string" || typeof refresh_token !== "string") return null;
  return {
    access_token,
    refresh_token,
    expires_in: typeof expires_in === "number" ? expires_in : 0,
    email: typeof email === "string" ? email : null,
    received_at: typeof received_at === "number" ? received_at : 0,
  };
}

/** Whether an access token is valid, about to expire, or expired. */
export type Freshness = "fresh" | "stale" | "expired";

/** A token is refreshed this long before it expires, or after three quarters of its life if that is later. */
const marginS = 60;

/**
 * Returns the freshness of a token of the given age. The age is measured by this browser from the arrival of the token, so that
 * a wrong clock does not matter: the time in the token is the one of the server. An age far below 0 says that the clock was changed; the clocks
 * of two tabs can differ a little.
 */
export function freshnessOf(ageS: number, lifetimeS: number): Freshness {
  if (ageS < -marginS || ageS >= lifetimeS) return "expired";
  return ageS >= lifetimeS - Math.min(marginS, lifetimeS / 4) ? "stale" : "fresh";
}
