import type { AdminApi, StoreCreate } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

export function useCreateStore(admin: AdminApi) {
  const queryClient = useQueryClient();
  const create = useMemo(
    () =>
      createOnce((store: StoreCreate, key) =>
        unwrap(admin.POST("/admin/stores", { params: { header: { "Idempotency-Key": key } }, body: store })),
      ),
    [admin],
  );
  return useMutation({
    mutationFn: create,
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

/** Changes a store unless somebody has changed it since the state of `etag`: the API responds with 412 then. */
export function useChangeStore(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, etag }: { change: StoreCreate; etag: string }) =>
      unwrap(
        admin.PATCH("/admin/stores/{store_id}", {
          params: { path: { store_id: storeId }, header: { "If-Match": etag } },
          body: change,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
