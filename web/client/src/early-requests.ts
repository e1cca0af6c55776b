import type { AuthorizedFetch } from "./authorized-fetch.ts";

/** An answer that nobody has taken after this time, in milliseconds, is requested again. */
const maxAgeMs = 10_000;

/** Requests that are sent before the code that needs their answers is loaded. Each answer is used once, and soon. */
export interface EarlyRequests {
  /** Sends a GET request. */
  send(url: string): void;
  /** Returns the answer to the same request, or undefined if it was not sent early. */
  take(request: Request): Promise<Response> | undefined;
  /** Forgets the answers, which are those of the user who was signed in. */
  clear(): void;
}

export function createEarlyRequests(
  authorizedFetch: AuthorizedFetch,
  monotonicMs: () => number = () => performance.now(),
): EarlyRequests {
  const answers = new Map<string, { answer: Promise<Response>; sentAt: number }>();
  return {
    send(url) {
      const answer = authorizedFetch(new Request(url));
      answer.catch(() => {
        // Whoever takes the answer gets the error.
      });
      answers.set(url, { answer, sentAt: monotonicMs() });
    },
    take({ method, url }) {
      const early = answers.get(url);
      if (early === undefined || method !== "GET") return undefined;
      answers.delete(url);
      return monotonicMs() - early.sentAt <= maxAgeMs ? early.answer : undefined;
    },
    clear: () => answers.clear(),
  };
}
