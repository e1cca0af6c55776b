import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTabLock, pauseAfterMs } from "./tab-lock.ts";

/** Locks of one name, as the browser grants them: one at a time, in the order of the requests. */
function createLocks(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, run: () => Promise<unknown>) => {
    const result = last.then(run);
    last = result.catch(() => {});
    return result;
  };
  return { request } as unknown as LockManager;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the lock of the tabs", () => {
  it("gives the result at once, and the lock to the next tab after the pause", async () => {
    const locks = createLocks();
    expect(await createTabLock(locks, "session")(async () => "first")).toBe("first");
    const second = vi.fn(async () => "second");
    const result = createTabLock(locks, "session")(second);
    await vi.advanceTimersByTimeAsync(pauseAfterMs - 1);
    expect(second).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toBe("second");
  });

  it("is free at once after a failure, which changes nothing in the storage", async () => {
    const lock = createTabLock(createLocks(), "session");
    await expect(lock(() => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await lock(async () => "second")).toBe("second");
  });

  it("does not exist on plain HTTP pages", async () => {
    const lock = createTabLock(undefined, "session");
    expect(await lock(async () => "first")).toBe("first");
    expect(await lock(async () => "second")).toBe("second");
  });
});
