import createClient, { type Client, type FetchResponse, type Middleware } from "openapi-fetch";
import { problemFrom, Unreachable } from "./problem.ts";

export interface TransportOptions {
  baseUrl: string;
  /** The caller's access token; null when nobody is signed in. */
  token: () => Promise<string | null>;
  /** The API did not accept the token (401). */
  onRefused: () => void;
}

/** A typed client of one API: every call carries the token, every failure becomes a ClientError. */
export function createTransport<Paths extends object>({
  baseUrl,
  token,
  onRefused,
}: TransportOptions): Client<Paths> {
  const client = createClient<Paths>({ baseUrl });
  const authorise: Middleware = {
    async onRequest({ request }) {
      const found = await token();
      if (found !== null) request.headers.set("Authorization", `Bearer ${found}`);
      return request;
    },
    onResponse({ response }) {
      if (response.status === 401) onRefused();
    },
    onError({ error }) {
      return error instanceof DOMException && error.name === "AbortError"
        ? undefined
        : new Unreachable(error);
    },
  };
  client.use(authorise);
  return client;
}

/** The data of a call, or the ApiProblem that it answered with. */
export async function dataOf<T extends Record<string | number, unknown>, O, M extends `${string}/${string}`>(
  call: Promise<FetchResponse<T, O, M>>,
): Promise<NonNullable<FetchResponse<T, O, M>["data"]>> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as NonNullable<FetchResponse<T, O, M>["data"]>;
}
