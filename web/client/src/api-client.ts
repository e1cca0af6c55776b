import createClient, { type Client, type FetchResponse } from "openapi-fetch";
import { createAuthorizedFetch } from "./authorized-fetch.ts";
import type { EarlyRequests } from "./early-requests.ts";
import { parseProblem } from "./problem.ts";
import type { Session } from "./session/session.ts";

export interface ApiClientOptions {
  baseUrl: string;
  session: Pick<Session, "accessToken" | "replaceToken" | "signOut">;
  early?: EarlyRequests;
}

/** Creates a typed client of an API. Each request has the access token. Network failures throw a NetworkError. */
export function createApiClient<Paths extends object>({
  baseUrl,
  session,
  early,
}: ApiClientOptions): Client<Paths> {
  const authorizedFetch = createAuthorizedFetch(session);
  return createClient<Paths>({
    baseUrl,
    fetch: (request) => early?.take(request) ?? authorizedFetch(request),
  });
}

/** Returns the data of a response. Throws an ApiProblem for an error response. */
export async function unwrap<T extends Record<string | number, unknown>, O, M extends `${string}/${string}`>(
  call: Promise<FetchResponse<T, O, M>>,
): Promise<NonNullable<FetchResponse<T, O, M>["data"]>> {
  const { data, error, response } = await call;
  if (!response.ok) throw parseProblem(response.status, error);
  return data as NonNullable<FetchResponse<T, O, M>["data"]>;
}
