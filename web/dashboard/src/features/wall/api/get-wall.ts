import { unwrap } from "@metrica/client/api-client.ts";
import { createOwnerApi, type OwnerApi } from "@metrica/client/owner.ts";
import { ApiProblem } from "@metrica/client/problem.ts";
import { queryOptions } from "@tanstack/react-query";

const POLL_MS = 5000;
const POLL_REFUSED_MS = 60_000;

/** Creates a client that sends no access token: the token of the link is the proof, also on a computer that is signed in. */
export function createWallApi(baseUrl: string): OwnerApi {
  return createOwnerApi({
    baseUrl,
    session: { accessToken: async () => null, replaceToken: async () => null, signOut: async () => {} },
  });
}

/** Fetches what a screen shows, every five seconds. A link that is refused is tried every minute: it may be of an archived store. */
export function wallQuery(api: OwnerApi, storeId: string, token: string) {
  return queryOptions({
    queryKey: ["wall", storeId, token],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/stores/{store_id}/wall/{wall_token}", {
          params: { path: { store_id: storeId, wall_token: token } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (isRefused(state.error) ? POLL_REFUSED_MS : POLL_MS),
    refetchIntervalInBackground: true,
  });
}

/** Whether the API does not know the link (any more). */
export function isRefused(error: Error | null): boolean {
  return error instanceof ApiProblem && error.status < 500 && error.status !== 429;
}
