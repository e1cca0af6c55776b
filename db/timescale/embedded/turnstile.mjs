// Who has the backend: one at a time, first come first served.

export class Turnstile {
  #holder = null;
  #waiting = [];
  /** Called with the holder when somebody begins to wait for it. */
  onWait = (_holder) => {};

  get holder() {
    return this.#holder;
  }

  get contended() {
    return this.#waiting.length > 0;
  }

  /** @param {object} who @returns {Promise<boolean>} true when it is its turn, false when it gave up waiting (`leave`) */
  enter(who) {
    if (this.#holder === null) {
      this.#holder = who;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.#waiting.push({ who, resolve });
      this.onWait(this.#holder);
    });
  }

  /** Gives the turn to the one who has waited longest. */
  release(who) {
    if (this.#holder !== who) return;
    const next = this.#waiting.shift();
    this.#holder = next ? next.who : null;
    next?.resolve(true);
  }

  /** Takes somebody out of the queue. @returns {boolean} whether it was waiting */
  leave(who) {
    const at = this.#waiting.findIndex((entry) => entry.who === who);
    if (at < 0) return false;
    this.#waiting.splice(at, 1)[0].resolve(false);
    return true;
  }
}
