import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

export function workerKeysQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["worker-keys", storeId],
    queryFn: ({ signal }) =>
      unwrap(
        admin.GET("/admin/stores/{store_id}/worker-keys", {
          params: { path: { store_id: storeId } },
          signal,
        }),
      ),
  });
}

/** Creates a key. The response has the secret, which is shown once and is not kept in the cache. */
export function useCreateWorkerKey(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  const create = useMemo(
    () =>
      createOnce((name: string, key) =>
        unwrap(
          admin.POST("/admin/stores/{store_id}/worker-keys", {
            params: { path: { store_id: storeId }, header: { "Idempotency-Key": key } },
            body: { name },
          }),
        ),
      ),
    [admin, storeId],
  );
  return useMutation({
    mutationFn: create,
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["worker-keys", storeId] }),
  });
}

export function useRevokeWorkerKey(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) =>
      unwrap(
        admin.DELETE("/admin/stores/{store_id}/worker-keys/{worker_key_id}", {
          params: { path: { store_id: storeId, worker_key_id: keyId } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["worker-keys", storeId] }),
  });
}
