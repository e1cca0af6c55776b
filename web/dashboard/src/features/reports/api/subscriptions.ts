import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import type { OwnerApi, ReportPeriod } from "@metrica/client/owner.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

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
  const create = useMemo(
    () =>
      createOnce((period: ReportPeriod, key) =>
        unwrap(
          owner.POST("/me/reports", {
            params: { header: { "Idempotency-Key": key } },
            body: { store_id: storeId, period },
          }),
        ),
      ),
    [owner, storeId],
  );
  return useMutation({
    mutationFn: create,
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
