import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

export function wallLinksQuery(owner: OwnerApi, storeId: string) {
  return queryOptions({
    queryKey: ["wall-links", storeId],
    queryFn: ({ signal }) =>
      unwrap(owner.GET("/stores/{store_id}/wall-links", { params: { path: { store_id: storeId } }, signal })),
  });
}

/** Creates a link. The response has its token, which is shown once and is not kept in the cache. */
export function useCreateWallLink(owner: OwnerApi, storeId: string) {
  const queryClient = useQueryClient();
  const create = useMemo(
    () =>
      createOnce((name: string, key) =>
        unwrap(
          owner.POST("/stores/{store_id}/wall-links", {
            params: { path: { store_id: storeId }, header: { "Idempotency-Key": key } },
            body: { name },
          }),
        ),
      ),
    [owner, storeId],
  );
  return useMutation({
    mutationFn: create,
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["wall-links", storeId] }),
  });
}

export function useRevokeWallLink(owner: OwnerApi, storeId: string, wallLinkId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        owner.DELETE("/stores/{store_id}/wall-links/{wall_link_id}", {
          params: { path: { store_id: storeId, wall_link_id: wallLinkId } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["wall-links", storeId] }),
  });
}
