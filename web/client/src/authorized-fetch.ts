import { NetworkError } from "./problem.ts";
import type { Session } from "./session/session.ts";

export type AuthorizedFetch = (request: Request) => Promise<Response>;

/**
 * Returns a function that sends a request to an API with the access token. When the API rejects the token, it is replaced and the request is
 * sent once more. A rejected new token ends the session. A request without a token never does. Network failures throw a NetworkError.
 */
export function createAuthorizedFetch(
  session: Pick<Session, "accessToken" | "replaceToken" | "signOut">,
): AuthorizedFetch {
  return async (request) => {
    const token = await session.accessToken();
    const response = await send(request.clone(), token);
    if (response.status !== 401 || token === null) return response;
    const newToken = await session.replaceToken(token);
    if (newToken === null) return response;
    const secondResponse = await send(request, newToken);
    if (secondResponse.status === 401) await session.signOut();
    return secondResponse;
  };
}

async function send(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    throw error instanceof DOMException && error.name === "AbortError" ? error : new NetworkError(error);
  }
}
