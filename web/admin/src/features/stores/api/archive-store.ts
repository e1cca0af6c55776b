import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export function useArchiveStore(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(admin.POST("/admin/stores/{store_id}/archive", { params: { path: { store_id: storeId } } })),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

export function useRestoreStore(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(admin.POST("/admin/stores/{store_id}/restore", { params: { path: { store_id: storeId } } })),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
