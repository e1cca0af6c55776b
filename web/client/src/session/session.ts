import type { RuntimeConfig } from "../config.ts";
import {
  AuthRefusedError,
  type AuthService,
  AuthUnavailableError,
  createAuthService,
  type LinkType,
  type Tokens,
} from "./auth-service.ts";
import {
  createSessionStorage,
  type Freshness,
  freshnessOf,
  type SessionStorage,
  type StoredSession,
} from "./stored-session.ts";
import { createTabLock, type TabLock } from "./tab-lock.ts";

/**
 * The session of the signed-in user. The browser stores it, and all tabs share it: one tab at a time refreshes the access token.
 * Only the user, or the sign-in service when it refuses the refresh token, ends a session.
 */
export interface Session {
  /** Whether the browser stores a session. It says nothing about whether the services can be reached. */
  isSignedIn(): boolean;
  /** Throws a SessionError. */
  signIn(email: string, password: string): Promise<void>;
  /** Removes the session from the browser, then tells the service if it can be reached. */
  signOut(): Promise<void>;
  /** Ends the sessions of all browsers. Throws a SessionError, and changes nothing, when the service cannot do it. */
  signOutEverywhere(): Promise<void>;
  /** Signs in with the token of an email link. Throws a SessionError when the link has expired or was used. */
  verifyLink(tokenHash: string, type: LinkType): Promise<{ email: string }>;
  /** Signs in with the refresh token that the sign-in service added to the address of a page. Throws a SessionError. */
  acceptLink(refreshToken: string): Promise<{ email: string }>;
  /** Throws a SessionError. */
  setPassword(password: string): Promise<void>;
  /** Checks the current password and sets another one, which ends the sessions of other browsers. Throws a SessionError. */
  changePassword(email: string, current: string, password: string): Promise<void>;
  /** Sends an email with a link to `page` for a new password. The result is the same for unknown addresses. */
  sendPasswordReset(email: string, page: string): Promise<void>;
  /** Returns a valid access token; null when the user is signed out. Throws a SessionError when the service is away. */
  accessToken(): Promise<string | null>;
  /** Returns a token that is newer than the one that the API rejected; null when the user is signed out. */
  replaceToken(rejected: string): Promise<string | null>;
  /** Calls `callback` when the user signs out, in this tab or in another one. Returns a function that unsubscribes. */
  onSignedOut(callback: () => void): () => void;
}

/** What the session takes from the browser. */
export interface SessionEnvironment {
  service: AuthService;
  storage: SessionStorage;
  withLock: TabLock;
  /** A clock that is never set, in milliseconds. */
  monotonicMs: () => number;
  /** The clock of the browser, in milliseconds since 1970. */
  wallMs: () => number;
}

/** The session, and what the tab tells it of the other tabs. */
export interface SessionOfTab extends Session {
  notifySignedOut(): void;
  /** Another tab has stored a session. */
  notifyStored(): void;
}

export function createSession(config: RuntimeConfig, storageKey: string): Session {
  const session = createSessionIn({
    service: createAuthService(config),
    storage: createSessionStorage(storageKey),
    withLock: createTabLock(navigator.locks as LockManager | undefined, storageKey),
    monotonicMs: () => performance.now(),
    wallMs: () => Date.now(),
  });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === null || (key === storageKey && newValue === null)) session.notifySignedOut();
    else if (key === storageKey) session.notifyStored();
  });
  return session;
}

/** After a failed refresh, the next one waits this long; twice as long after each further failure. */
const firstPauseMs = 2000;
const longestPauseMs = 60_000;

export function createSessionIn(environment: SessionEnvironment): SessionOfTab {
  const { service, storage, withLock, monotonicMs, wallMs } = environment;
  const listeners = new Set<() => void>();
  const storedListeners = new Set<() => void>();
  /** When tokens arrived in this tab, by the monotonic clock. */
  const arrivals = new Map<string, number>();
  let refreshing: Promise<StoredSession | null> | null = null;
  let failure: { error: AuthUnavailableError; until: number; pauseMs: number } | null = null;

  function notifySignedOut() {
    for (const listener of listeners) listener();
  }

  function store(tokens: Tokens): StoredSession {
    const session = { ...tokens, received_at: wallMs() };
    arrivals.clear();
    arrivals.set(session.access_token, monotonicMs());
    failure = null;
    storage.write(session);
    return session;
  }

  /** Returns the freshness of a stored token. The first look at a token of another tab, or of an earlier page, starts its clock. */
  function check({ access_token, received_at, expires_in }: StoredSession): Freshness {
    let arrival = arrivals.get(access_token);
    if (arrival === undefined) {
      arrival = monotonicMs() - (wallMs() - received_at);
      arrivals.set(access_token, arrival);
    }
    return freshnessOf((monotonicMs() - arrival) / 1000, expires_in);
  }

  /** Refreshes the session under the lock, unless another tab has done so meanwhile or does so while this one waits for the lock. */
  function refresh(outdated: string): Promise<StoredSession | null> {
    if (refreshing !== null) return refreshing;
    const elsewhere = renewalElsewhere(outdated);
    const here = withLock(async () => {
      const stored = storage.read();
      if (stored === null) return null;
      if (isRenewed(stored, outdated)) return stored;
      if (failure !== null && monotonicMs() < failure.until) throw failure.error;
      return await requestTokens(stored);
    });
    refreshing = Promise.race([here, elsewhere.promise]).finally(() => {
      elsewhere.stop();
      refreshing = null;
    });
    return refreshing;
  }

  /** The session that another tab stores in place of the one with the outdated token. */
  function renewalElsewhere(outdated: string): { promise: Promise<StoredSession>; stop: () => void } {
    let listener = () => {};
    const promise = new Promise<StoredSession>((resolve) => {
      listener = () => {
        const stored = storage.read();
        if (stored !== null && isRenewed(stored, outdated)) resolve(stored);
      };
    });
    storedListeners.add(listener);
    return { promise, stop: () => storedListeners.delete(listener) };
  }

  function isRenewed(stored: StoredSession, outdated: string): boolean {
    return stored.access_token !== outdated && check(stored) === "fresh";
  }

  async function requestTokens(stored: StoredSession): Promise<StoredSession | null> {
    let tokens: Tokens;
    try {
      tokens = await service.refresh(stored.refresh_token);
    } catch (error) {
      if (error instanceof AuthRefusedError) return endRefused(stored);
      if (error instanceof AuthUnavailableError) pause(error);
      throw error;
    }
    // The user can have signed out, or in again, while the request was running.
    const present = storage.read();
    if (present?.refresh_token !== stored.refresh_token) return present;
    return store({ ...tokens, email: tokens.email ?? stored.email });
  }

  /** Ends the session that the service refuses, unless another tab without the lock has replaced it. */
  function endRefused(refused: StoredSession): StoredSession | null {
    const stored = storage.read();
    if (stored !== null && stored.refresh_token !== refused.refresh_token) return stored;
    storage.remove();
    notifySignedOut();
    return null;
  }

  function pause(error: AuthUnavailableError) {
    const pauseMs = Math.min(failure === null ? firstPauseMs : failure.pauseMs * 2, longestPauseMs);
    const waitMs = Math.max(pauseMs, (error.retryAfter ?? 0) * 1000);
    failure = { error, until: monotonicMs() + waitMs, pauseMs };
  }

  async function accessToken(): Promise<string | null> {
    const stored = storage.read();
    if (stored === null) return null;
    const freshness = check(stored);
    if (freshness === "fresh") return stored.access_token;
    try {
      return (await refresh(stored.access_token))?.access_token ?? null;
    } catch (error) {
      if (freshness === "stale" && error instanceof AuthUnavailableError) return stored.access_token;
      throw error;
    }
  }

  async function setPassword(password: string) {
    const token = await accessToken();
    if (token === null)
      throw new AuthRefusedError("You are signed out. Open the link in the email again.", "signed_out");
    await service.setPassword(token, password);
  }

  return {
    isSignedIn: () => storage.read() !== null,
    async signIn(email, password) {
      store(await service.signIn(email, password));
    },
    async signOut() {
      const stored = storage.read();
      storage.remove();
      notifySignedOut();
      if (stored === null) return;
      try {
        await service.signOut(stored.access_token, "local");
      } catch {
        // The service cannot be reached, or has ended the session already. The browser has no session any more.
      }
    },
    async signOutEverywhere() {
      const token = await accessToken();
      if (token !== null) await service.signOut(token, "global");
      storage.remove();
      notifySignedOut();
    },
    async verifyLink(tokenHash, type) {
      return { email: store(await service.verifyLink(tokenHash, type)).email ?? "" };
    },
    async acceptLink(refreshToken) {
      return { email: store(await service.refresh(refreshToken)).email ?? "" };
    },
    setPassword,
    async changePassword(email, current, password) {
      store(await service.signIn(email, current));
      await setPassword(password);
    },
    sendPasswordReset: (email, page) => service.sendPasswordReset(email, page),
    accessToken,
    async replaceToken(rejected) {
      const stored = storage.read();
      if (stored === null) return null;
      if (stored.access_token !== rejected) return await accessToken();
      return (await refresh(rejected))?.access_token ?? null;
    },
    onSignedOut(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    notifySignedOut,
    notifyStored() {
      for (const listener of storedListeners) listener();
    },
  };
}
