import type { OwnerApi } from "@metrica/client/owner.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Corrects the number of people inside; what is on screen is asked for again at once. */
export function useResetOccupancy(owner: OwnerApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (occupancy: number) =>
      dataOf(
        owner.POST("/stores/{store_id}/occupancy-reset", {
          params: { path: { store_id: storeId } },
          body: { occupancy },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["live", storeId] }),
        queries.invalidateQueries({ queryKey: ["dashboard", storeId] }),
        queries.invalidateQueries({ queryKey: ["stores"] }),
      ]),
  });
}
