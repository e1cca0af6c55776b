import createClient, { type Client, type FetchResponse, type Middleware } from "openapi-fetch";
import { NetworkError, parseProblem } from "./problem.ts";

export interface ApiClientOptions {
  baseUrl: string;
  /** Returns the access token; null when the user is signed out. */
  accessToken: () => Promise<string | null>;
  /** Called when the API rejects the token with the status 401. */
  onUnauthorized: () => void;
}

/** Creates a typed client of an API. Each request has the access token. Network failures throw a NetworkError. */
export function createApiClient<Paths extends object>({
  baseUrl,
  accessToken,
  onUnauthorized,
}: ApiClientOptions): Client<Paths> {
  const client = createClient<Paths>({ baseUrl });
  const authentication: Middleware = {
    async onRequest({ request }) {
      const token = await accessToken();
      if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
      return request;
    },
    onResponse({ response }) {
      if (response.status === 401) onUnauthorized();
    },
    onError({ error }) {
      return error instanceof DOMException && error.name === "AbortError"
        ? undefined
        : new NetworkError(error);
    },
  };
  client.use(authentication);
  return client;
}

/** Returns the data of a response. Throws an ApiProblem for an error response. */
export async function unwrap<T extends Record<string | number, unknown>, O, M extends `${string}/${string}`>(
  call: Promise<FetchResponse<T, O, M>>,
): Promise<NonNullable<FetchResponse<T, O, M>["data"]>> {
  const { data, error, response } = await call;
  if (!response.ok) throw parseProblem(response.status, error);
  return data as NonNullable<FetchResponse<T, O, M>["data"]>;
}
