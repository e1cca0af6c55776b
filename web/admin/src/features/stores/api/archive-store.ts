import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export function useArchiveStore(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(admin.POST("/admin/stores/{store_id}/archive", { params: { path: { store_id: storeId } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useRestoreStore(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(admin.POST("/admin/stores/{store_id}/restore", { params: { path: { store_id: storeId } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
