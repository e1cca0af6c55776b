import type { AdminApi, StoreCreate } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Adds a store, or changes the one with this id. */
export function useSaveStore(admin: AdminApi, storeId: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (store: StoreCreate) =>
      storeId === null
        ? dataOf(admin.POST("/admin/stores", { body: store }))
        : dataOf(
            admin.PATCH("/admin/stores/{store_id}", { params: { path: { store_id: storeId } }, body: store }),
          ),
    onSuccess: () => queries.invalidateQueries(),
  });
}
