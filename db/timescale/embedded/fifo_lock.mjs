// A lock for one owner at a time; those who wait get it in the order in which they came.

export class FifoLock {
  #holder = null;
  #waiting = [];
  /** Called with the holder when another owner begins to wait. */
  onContention = (_holder) => {};

  get holder() {
    return this.#holder;
  }

  get isContended() {
    return this.#waiting.length > 0;
  }

  /** @param {object} owner @returns {Promise<boolean>} true with the lock, false when `stopWaiting` was called */
  acquire(owner) {
    if (this.#holder === null) {
      this.#holder = owner;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.#waiting.push({ owner, resolve });
      this.onContention(this.#holder);
    });
  }

  /** Gives the lock to the owner that has waited longest; does nothing when `owner` does not hold it. */
  release(owner) {
    if (this.#holder !== owner) return;
    const next = this.#waiting.shift();
    this.#holder = next ? next.owner : null;
    next?.resolve(true);
  }

  /** Removes an owner from the queue. @returns {boolean} whether it was waiting */
  stopWaiting(owner) {
    const index = this.#waiting.findIndex((entry) => entry.owner === owner);
    if (index < 0) return false;
    this.#waiting.splice(index, 1)[0].resolve(false);
    return true;
  }
}
