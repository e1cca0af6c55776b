import createClient, { type Client, type FetchResponse } from "openapi-fetch";
import { NetworkError, parseProblem } from "./problem.ts";
import type { Session } from "./session/session.ts";

export interface ApiClientOptions {
  baseUrl: string;
  session: Pick<Session, "accessToken" | "replaceToken" | "signOut">;
}

/** Creates a typed client of an API. Each request has the access token. Network failures throw a NetworkError. */
export function createApiClient<Paths extends object>({ baseUrl, session }: ApiClientOptions): Client<Paths> {
  /**
   * Sends a request with the access token. When the API rejects the token, it is replaced and the request is sent once more.
   * A rejected new token ends the session. A request without a token never does.
   */
  async function authorizedFetch(request: Request): Promise<Response> {
    const token = await session.accessToken();
    const response = await send(request.clone(), token);
    if (response.status !== 401 || token === null) return response;
    const newToken = await session.replaceToken(token);
    if (newToken === null) return response;
    const secondResponse = await send(request, newToken);
    if (secondResponse.status === 401) await session.signOut();
    return secondResponse;
  }

  return createClient<Paths>({ baseUrl, fetch: authorizedFetch });
}

async function send(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    throw error instanceof DOMException && error.name === "AbortError" ? error : new NetworkError(error);
  }
}

/** Returns the data of a response. Throws an ApiProblem for an error response. */
export async function unwrap<T extends Record<string | number, unknown>, O, M extends `${string}/${string}`>(
  call: Promise<FetchResponse<T, O, M>>,
): Promise<NonNullable<FetchResponse<T, O, M>["data"]>> {
  const { data, error, response } = await call;
  if (!response.ok) throw parseProblem(response.status, error);
  return data as NonNullable<FetchResponse<T, O, M>["data"]>;
}
