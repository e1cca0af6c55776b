import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi, SpecialDay } from "@metrica/client/owner.ts";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DaySpan } from "#features/store/calendar.ts";

/** The calendar of a store. */
export function calendarQuery(owner: OwnerApi, storeId: string, { start, end }: DaySpan) {
  return queryOptions({
    queryKey: ["calendar", storeId, start, end],
    queryFn: ({ signal }) =>
      unwrap(
        owner.GET("/stores/{store_id}/calendar", {
          params: { path: { store_id: storeId }, query: { from: start, to: end } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** A special day changes the numbers of its date, too. */
function useRefetchDays(storeId: string) {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      ["calendar", "dashboard", "forecast", "live"].map((name) =>
        queryClient.invalidateQueries({ queryKey: [name, storeId] }),
      ),
    );
}

export function usePutSpecialDay(owner: OwnerApi, storeId: string) {
  const refetch = useRefetchDays(storeId);
  return useMutation({
    mutationFn: ({ date, body }: { date: string; body: SpecialDay }) =>
      unwrap(
        owner.PUT("/stores/{store_id}/calendar/{date}", {
          params: { path: { store_id: storeId, date } },
          body,
        }),
      ),
    onSuccess: refetch,
  });
}

export function useDeleteSpecialDay(owner: OwnerApi, storeId: string) {
  const refetch = useRefetchDays(storeId);
  return useMutation({
    mutationFn: (date: string) =>
      unwrap(
        owner.DELETE("/stores/{store_id}/calendar/{date}", { params: { path: { store_id: storeId, date } } }),
      ),
    onSuccess: refetch,
  });
}
