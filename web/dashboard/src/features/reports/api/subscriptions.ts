import { unwrap } from "@metrica/client/api-client.ts";
import type { OwnerApi, ReportPeriod } from "@metrica/client/owner.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export function subscriptionsQuery(owner: OwnerApi) {
  return queryOptions({
    queryKey: ["subscriptions"],
    queryFn: ({ signal }) => unwrap(owner.GET("/me/reports", { signal })),
  });
}

function useRefetchSubscriptions() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ["subscriptions"] });
}

/** Subscribes to a report. After an error the list is fetched again, too: another tab can have subscribed. */
export function useSubscribe(owner: OwnerApi, storeId: string) {
  const refetch = useRefetchSubscriptions();
  return useMutation({
    mutationFn: (period: ReportPeriod) =>
      unwrap(owner.POST("/me/reports", { body: { store_id: storeId, period } })),
    onSettled: refetch,
  });
}

export function useUnsubscribe(owner: OwnerApi) {
  const refetch = useRefetchSubscriptions();
  return useMutation({
    mutationFn: (subscriptionId: string) =>
      unwrap(
        owner.DELETE("/me/reports/{subscription_id}", {
          params: { path: { subscription_id: subscriptionId } },
        }),
      ),
    onSettled: refetch,
  });
}
