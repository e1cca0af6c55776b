import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export function workerKeysQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["worker-keys", storeId],
    queryFn: ({ signal }) =>
      dataOf(
        admin.GET("/admin/stores/{store_id}/worker-keys", {
          params: { path: { store_id: storeId } },
          signal,
        }),
      ),
  });
}

/** Makes a key; the answer holds the secret, this once. It is never put into the query cache. */
export function useCreateWorkerKey(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      dataOf(
        admin.POST("/admin/stores/{store_id}/worker-keys", {
          params: { path: { store_id: storeId } },
          body: { name },
        }),
      ),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["worker-keys", storeId] }),
  });
}

export function useRevokeWorkerKey(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) =>
      dataOf(
        admin.DELETE("/admin/stores/{store_id}/worker-keys/{worker_key_id}", {
          params: { path: { store_id: storeId, worker_key_id: keyId } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["worker-keys", storeId] }),
  });
}
