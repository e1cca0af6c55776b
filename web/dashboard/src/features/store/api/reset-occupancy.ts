import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Sets the occupancy of a store and refetches the affected queries. */
export function useResetOccupancy(owner: OwnerApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (occupancy: number) =>
      unwrap(
        owner.POST("/stores/{store_id}/occupancy-reset", {
          params: { path: { store_id: storeId } },
          body: { occupancy },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["live", storeId] }),
        queryClient.invalidateQueries({ queryKey: ["dashboard", storeId] }),
        queryClient.invalidateQueries({ queryKey: ["stores"] }),
      ]),
  });
}
