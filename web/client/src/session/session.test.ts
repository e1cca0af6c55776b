import { beforeEach, describe, expect, it, vi } from "vitest";
import { AuthRefusedError, type AuthService, AuthUnavailableError, type Tokens } from "./auth-service.ts";
import { createSessionIn } from "./session.ts";
import { freshnessOf, type StoredSession } from "./stored-session.ts";

const hourS = 3600;

/** A browser with one stored session for all of its tabs, and a sign-in service. */
class Browser {
  stored: StoredSession | null = null;
  monotonicMs = 1_000_000;
  wallMs = 1_800_000_000_000;
  issued = 0;
  refreshes = 0;
  /** What the service answers to a refresh instead of tokens. */
  refusal: Error | null = null;
  /** The refresh token of a link that the service has verified. */
  linkToken = "refresh-of-a-link";
  password = "current password";
  signOut = vi.fn(async (_token: string, _scope: "local" | "global") => {});
  setPassword = vi.fn(async (_token: string, password: string) => {
    this.password = password;
  });
  lock: Promise<unknown> = Promise.resolve();

  issue(): Tokens {
    this.issued++;
    const number = this.issued;
    return {
      access_token: `access-${number}`,
      refresh_token: `refresh-${number}`,
      expires_in: hourS,
      email: "owner@example.org",
    };
  }

  openTab() {
    const service: AuthService = {
      signIn: async (_email, password) => {
        if (password !== this.password) throw new AuthRefusedError("Incorrect", "invalid_credentials");
        return this.issue();
      },
      refresh: async (token) => {
        this.refreshes++;
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (this.refusal !== null) throw this.refusal;
        if (token !== this.stored?.refresh_token && token !== this.linkToken)
          throw new AuthRefusedError("Already used", "refresh_token_already_used");
        return this.issue();
      },
      verifyLink: async () => this.issue(),
      setPassword: this.setPassword,
      sendPasswordReset: async () => {},
      signOut: this.signOut,
    };
    return createSessionIn({
      service,
      storage: {
        read: () => this.stored,
        write: (session) => {
          this.stored = session;
        },
        remove: () => {
          this.stored = null;
        },
      },
      withLock: (run) => {
        const result = this.lock.then(run);
        this.lock = result.catch(() => {});
        return result;
      },
      monotonicMs: () => this.monotonicMs,
      wallMs: () => this.wallMs,
    });
  }

  pass(seconds: number) {
    this.monotonicMs += seconds * 1000;
    this.wallMs += seconds * 1000;
  }
}

let browser: Browser;

beforeEach(() => {
  browser = new Browser();
});

describe("the link of a mail", () => {
  it("that the service has verified signs in with its refresh token", async () => {
    const tab = browser.openTab();
    expect(await tab.acceptLink(browser.linkToken)).toEqual({ email: "owner@example.org" });
    expect(browser.stored).toMatchObject({ access_token: "access-1", refresh_token: "refresh-1" });
  });

  it("that was used before leaves the session of the browser alone", async () => {
    const tab = browser.openTab();
    await tab.signIn("owner@example.org", browser.password);
    await expect(tab.acceptLink("refresh-of-another-link")).rejects.toThrow(AuthRefusedError);
    expect(browser.stored).toMatchObject({ access_token: "access-1" });
  });
});

describe("another password", () => {
  it("needs the current one", async () => {
    const tab = browser.openTab();
    await tab.signIn("owner@example.org", browser.password);
    await expect(tab.changePassword("owner@example.org", "wrong", "another password")).rejects.toMatchObject({
      code: "invalid_credentials",
    });
    expect(browser.setPassword).not.toHaveBeenCalled();
    expect(browser.stored).toMatchObject({ access_token: "access-1" });
  });

  it("is set with the session of the new sign-in", async () => {
    const tab = browser.openTab();
    await tab.signIn("owner@example.org", browser.password);
    await tab.changePassword("owner@example.org", browser.password, "another password");
    expect(browser.setPassword).toHaveBeenCalledWith("access-2", "another password");
    expect(browser.stored).toMatchObject({ access_token: "access-2" });
  });
});

describe("signing out everywhere", () => {
  it("ends all sessions of the user, then the one of this browser", async () => {
    const tab = browser.openTab();
    const signedOut = vi.fn();
    tab.onSignedOut(signedOut);
    await tab.signIn("owner@example.org", browser.password);
    await tab.signOutEverywhere();
    expect(browser.signOut).toHaveBeenCalledWith("access-1", "global");
    expect(browser.stored).toBeNull();
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it("changes nothing when the service cannot be reached", async () => {
    const tab = browser.openTab();
    await tab.signIn("owner@example.org", browser.password);
    browser.signOut.mockRejectedValueOnce(new AuthUnavailableError("away"));
    await expect(tab.signOutEverywhere()).rejects.toThrow("away");
    expect(browser.stored).toMatchObject({ access_token: "access-1" });
  });
});

describe("the access token", () => {
  it("is refreshed once an hour, whatever the clock of the computer says", async () => {
    browser.wallMs += 61 * 60_000; // an hour fast: the token looks expired to a comparison with its `exp`
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    for (let request = 0; request < 1200; request++) {
      expect(await session.accessToken()).toBe(`access-${browser.issued}`);
      browser.pass(3);
    }
    expect(browser.refreshes).toBe(1);
  });

  it("survives a change of the clock while the page is open", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    browser.wallMs += 10 * hourS * 1000;
    await session.accessToken();
    browser.wallMs -= 20 * hourS * 1000;
    await session.accessToken();
    expect(browser.refreshes).toBe(0);
  });

  it("keeps its age across a reload", async () => {
    await browser.openTab().signIn("owner@example.org", browser.password);
    browser.pass(hourS / 2);
    const reloaded = browser.openTab();
    await reloaded.accessToken();
    expect(browser.refreshes).toBe(0);
    browser.pass(hourS / 2);
    await reloaded.accessToken();
    expect(browser.refreshes).toBe(1);
  });

  it("is refreshed by one of two tabs, and both go on", async () => {
    const [first, second] = [browser.openTab(), browser.openTab()];
    await first.signIn("owner@example.org", browser.password);
    browser.pass(2 * hourS);
    const tokens = await Promise.all([first.accessToken(), second.accessToken(), first.accessToken()]);
    expect(tokens).toEqual(["access-2", "access-2", "access-2"]);
    expect(browser.refreshes).toBe(1);
  });

  it("comes from the storage as soon as another tab has refreshed it, though that tab still has the lock", async () => {
    const [first, second] = [browser.openTab(), browser.openTab()];
    await first.signIn("owner@example.org", browser.password);
    browser.pass(2 * hourS);
    let endOfLock = () => {};
    browser.lock = new Promise<void>((resolve) => {
      endOfLock = resolve;
    });
    const token = second.accessToken();
    browser.stored = { ...browser.issue(), received_at: browser.wallMs };
    second.notifyStored();
    expect(await token).toBe("access-2");
    endOfLock();
    expect(await second.accessToken()).toBe("access-2");
    expect(browser.refreshes).toBe(0);
  });

  it("is replaced when the API rejects it", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    expect(await session.replaceToken("access-1")).toBe("access-2");
    expect(await session.replaceToken("access-1")).toBe("access-2"); // a late answer to an earlier request
    expect(browser.refreshes).toBe(1);
  });
});

describe("a sign-in service that is away", () => {
  const away = new AuthUnavailableError("Cannot reach the sign-in service.");

  it("does not end the session, and is not asked with every request", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    browser.pass(2 * hourS);
    browser.refusal = away;
    for (let poll = 0; poll < 20; poll++) {
      await expect(session.accessToken()).rejects.toBe(away);
      browser.pass(3);
    }
    expect(session.isSignedIn()).toBe(true);
    expect(browser.refreshes).toBeLessThanOrEqual(6); // after 2, 4, 8, 16, 32 s
    browser.refusal = null;
    browser.pass(60);
    expect(await session.accessToken()).toBe("access-2");
  });

  it("does not matter while the token is still valid", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    browser.pass(hourS - 30);
    browser.refusal = away;
    expect(await session.accessToken()).toBe("access-1");
  });

  it("is left alone for as long as it asks for", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    browser.pass(2 * hourS);
    browser.refusal = new AuthUnavailableError("Too many attempts.", { retryAfter: 60 });
    await expect(session.accessToken()).rejects.toThrow("Too many attempts.");
    browser.pass(59);
    await expect(session.accessToken()).rejects.toThrow("Too many attempts.");
    expect(browser.refreshes).toBe(1);
  });
});

describe("the end of a session", () => {
  it("comes when the service refuses the refresh token", async () => {
    const session = browser.openTab();
    const signedOut = vi.fn();
    session.onSignedOut(signedOut);
    await session.signIn("owner@example.org", browser.password);
    browser.pass(2 * hourS);
    browser.refusal = new AuthRefusedError("Session not found", "session_not_found");
    expect(await session.accessToken()).toBeNull();
    expect(session.isSignedIn()).toBe(false);
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it("removes the session before the service is told, and also when it is away", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    browser.signOut.mockImplementation(async () => {
      expect(browser.stored).toBeNull();
      throw new AuthUnavailableError("offline");
    });
    await session.signOut();
    expect(browser.signOut).toHaveBeenCalledWith("access-1", "local");
    expect(session.isSignedIn()).toBe(false);
  });

  it("is not undone by a refresh that was running", async () => {
    const session = browser.openTab();
    await session.signIn("owner@example.org", browser.password);
    browser.pass(2 * hourS);
    const token = session.accessToken();
    await Promise.resolve();
    await session.signOut();
    expect(await token).toBeNull();
    expect(session.isSignedIn()).toBe(false);
  });
});

describe("freshnessOf", () => {
  it.each([
    [0, hourS, "fresh"],
    [hourS - 61, hourS, "fresh"],
    [hourS - 60, hourS, "stale"],
    [hourS, hourS, "expired"],
    [-1, hourS, "fresh"],
    [-61, hourS, "expired"],
    [70, 95, "fresh"],
    [72, 95, "stale"],
    [0, 0, "expired"],
  ] as const)("after %d of %d s is %s", (age, lifetime, freshness) => {
    expect(freshnessOf(age, lifetime)).toBe(freshness);
  });
});
