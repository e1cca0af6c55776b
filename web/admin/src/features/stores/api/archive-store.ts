import type { AdminApi, Store } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Archives a store as it is shown. If somebody else has changed it, nothing is archived and the page shows the present store. */
export function useArchiveStore(admin: AdminApi, { store_id, etag }: Store) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        admin.POST("/admin/stores/{store_id}/archive", {
          params: { path: { store_id }, header: { "If-Match": etag } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries(),
  });
}

/** Restores a store as it is shown, like `useArchiveStore`. */
export function useRestoreStore(admin: AdminApi, { store_id, etag }: Store) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        admin.POST("/admin/stores/{store_id}/restore", {
          params: { path: { store_id }, header: { "If-Match": etag } },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
