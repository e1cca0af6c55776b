import { unwrap } from "@metrica/client/api-client.ts";
import type { Incident, IncidentUpdate, OwnerApi } from "@metrica/client/owner.ts";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const pageSize = 20;

/** The newest incidents of a store: as many pages of them as are asked for. */
export function incidentsQuery(owner: OwnerApi, storeId: string, onlyOpen: boolean, pages: number) {
  return queryOptions({
    queryKey: ["incidents", storeId, { onlyOpen, pages }],
    queryFn: async ({ signal }) => {
      const incidents: Incident[] = [];
      let before: string | null = null;
      for (let page = 0; page < pages && (page === 0 || before !== null); page++) {
        const found = await getPage(owner, storeId, onlyOpen, before, signal);
        incidents.push(...found.incidents);
        before = found.next_before;
      }
      return { incidents, hasMore: before !== null };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

function getPage(
  owner: OwnerApi,
  storeId: string,
  onlyOpen: boolean,
  before: string | null,
  signal: AbortSignal,
) {
  return unwrap(
    owner.GET("/stores/{store_id}/incidents", {
      params: {
        path: { store_id: storeId },
        query: { open: onlyOpen, limit: pageSize, ...(before === null ? {} : { before }) },
      },
      signal,
    }),
  );
}

/** Acknowledges, mutes or closes an incident. */
export function useUpdateIncident(owner: OwnerApi, storeId: string, incidentId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: IncidentUpdate) =>
      unwrap(
        owner.PATCH("/stores/{store_id}/incidents/{incident_id}", {
          params: { path: { store_id: storeId, incident_id: incidentId } },
          body,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["incidents", storeId] }),
  });
}
