import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

/** How often deliveries that wait are asked for, in milliseconds. */
const pollMs = 3000;

/** The last deliveries of a channel. They are asked for again while one of them waits. */
export function deliveriesQuery(owner: OwnerApi, channelId: string) {
  return queryOptions({
    queryKey: ["deliveries", channelId],
    queryFn: ({ signal }) =>
      unwrap(
        owner.GET("/me/notifications/{channel_id}/deliveries", {
          params: { path: { channel_id: channelId }, query: { limit: 20 } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.deliveries.some(({ state }) => state === "pending") ? pollMs : false,
  });
}

/** Sends a test to a channel. Its delivery is the first of the list. */
export function useTestChannel(owner: OwnerApi, channelId: string) {
  const queryClient = useQueryClient();
  const send = useMemo(
    () =>
      createOnce((channel_id: string, key) =>
        unwrap(
          owner.POST("/me/notifications/{channel_id}/test", {
            params: { path: { channel_id }, header: { "Idempotency-Key": key } },
          }),
        ),
      ),
    [owner],
  );
  return useMutation({
    mutationFn: () => send(channelId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["deliveries", channelId] }),
  });
}
