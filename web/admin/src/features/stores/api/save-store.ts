import type { AdminApi, StoreCreate } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Creates a store; with an id, changes it. */
export function useSaveStore(admin: AdminApi, storeId: string | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (store: StoreCreate) =>
      storeId === null
        ? unwrap(admin.POST("/admin/stores", { body: store }))
        : unwrap(
            admin.PATCH("/admin/stores/{store_id}", { params: { path: { store_id: storeId } }, body: store }),
          ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
