import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import type { ChannelCreate, ChannelUpdate, OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

export function channelsQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["channels"],
    queryFn: ({ signal }) => unwrap(owner.GET("/me/notifications", { signal })),
  });
}

function useRefetchChannels() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["channels"] });
}

/** Creates a channel. The response has the secret of a webhook, which is shown once and is not kept in the cache. */
export function useCreateChannel(owner: OwnerApi) {
  const refetch = useRefetchChannels();
  const create = useMemo(
    () =>
      createOnce((body: ChannelCreate, key) =>
        unwrap(owner.POST("/me/notifications", { params: { header: { "Idempotency-Key": key } }, body })),
      ),
    [owner],
  );
  return useMutation({
    mutationFn: create,
    gcTime: 0,
    onSuccess: refetch,
  });
}

export function useUpdateChannel(owner: OwnerApi, channelId: string) {
  const refetch = useRefetchChannels();
  return useMutation({
    mutationFn: (body: ChannelUpdate) =>
      unwrap(
        owner.PATCH("/me/notifications/{channel_id}", { params: { path: { channel_id: channelId } }, body }),
      ),
    onSettled: refetch,
  });
}

export function useDeleteChannel(owner: OwnerApi, channelId: string) {
  const refetch = useRefetchChannels();
  return useMutation({
    mutationFn: () =>
      unwrap(owner.DELETE("/me/notifications/{channel_id}", { params: { path: { channel_id: channelId } } })),
    onSuccess: refetch,
  });
}
