/** Runs a function while no other tab of the browser runs one with the same lock. */
export type TabLock = <T>(run: () => Promise<T>) => Promise<T>;

/**
 * How long a tab keeps the lock after its function has ended. Each process of a browser reads the local storage from a copy, and
 * nothing orders the arrival of a write there before the end of a lock: without the pause, the next tab can still read the session
 * that was just replaced.
 */
export const pauseAfterMs = 2000;

/** Returns the lock of a name. Without `locks`, which browsers have on secure pages only, the functions run at once. */
export function createTabLock(locks: LockManager | undefined, name: string): TabLock {
  if (locks === undefined) return (run) => run();
  return (run) =>
    new Promise((resolve, reject) => {
      locks
        .request(name, async () => {
          try {
            resolve(await run());
          } catch (error) {
            reject(error);
            return;
          }
          await new Promise((done) => setTimeout(done, pauseAfterMs));
        })
        .catch(reject);
    });
}
