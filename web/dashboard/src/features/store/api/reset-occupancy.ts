import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

/** Sets the occupancy of a store and refetches the affected queries. */
export function useResetOccupancy(owner: OwnerApi, storeId: string) {
  const queryClient = useQueryClient();
  const reset = useMemo(
    () =>
      createOnce((occupancy: number, key) =>
        unwrap(
          owner.POST("/stores/{store_id}/occupancy-reset", {
            params: { path: { store_id: storeId }, header: { "Idempotency-Key": key } },
            body: { occupancy },
          }),
        ),
      ),
    [owner, storeId],
  );
  return useMutation({
    mutationFn: reset,
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["live", storeId] }),
        queryClient.invalidateQueries({ queryKey: ["dashboard", storeId] }),
        queryClient.invalidateQueries({ queryKey: ["stores"] }),
      ]),
  });
}
