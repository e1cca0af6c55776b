/**
 * Returns a function that creates something once for each submission of a form. The request has an `Idempotency-Key`: a repetition
 * after a lost response has the same one, so that the API creates nothing again. A second click while the request runs gets the
 * result of the first. After a success, or with another input, the next submission is a new one.
 */
export function createOnce<Input, Output>(
  send: (input: Input, idempotencyKey: string) => Promise<Output>,
): (input: Input) => Promise<Output> {
  let last: { text: string; key: string; running: Promise<Output> | null } | null = null;
  return (input) => {
    const text = JSON.stringify(input);
    if (last?.text === text && last.running !== null) return last.running;
    const submission = { text, key: last?.text === text ? last.key : randomKey() };
    const running = send(input, submission.key);
    last = { ...submission, running };
    running.then(
      () => {
        if (last?.running === running) last = null;
      },
      () => {
        if (last?.running === running) last = { ...submission, running: null };
      },
    );
    return running;
  };
}

/** 128 random bits in hexadecimal. `crypto.randomUUID` is missing where a page is served without TLS in a local network. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
