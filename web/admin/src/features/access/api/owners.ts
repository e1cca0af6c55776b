import type { AdminApi } from "@metrica/client/admin.ts";
import { dataOf } from "@metrica/client/transport.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export function ownersQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["owners", storeId],
    queryFn: ({ signal }) =>
      dataOf(
        admin.GET("/admin/stores/{store_id}/owners", { params: { path: { store_id: storeId } }, signal }),
      ),
  });
}

export function useInviteOwner(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (email: string) =>
      dataOf(
        admin.POST("/admin/stores/{store_id}/owners", {
          params: { path: { store_id: storeId } },
          body: { email },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["owners", storeId] }),
  });
}

/** Removes an owner; the last one only when the store may be left without. */
export function useRemoveOwner(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ userId, allowOwnerless }: { userId: string; allowOwnerless: boolean }) =>
      dataOf(
        admin.DELETE("/admin/stores/{store_id}/owners/{user_id}", {
          params: {
            path: { store_id: storeId, user_id: userId },
            query: { allow_ownerless: allowOwnerless },
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["owners", storeId] }),
  });
}

export function useRevokeInvite(admin: AdminApi, storeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (inviteId: string) =>
      dataOf(
        admin.DELETE("/admin/stores/{store_id}/invites/{invite_id}", {
          params: { path: { store_id: storeId, invite_id: inviteId } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["owners", storeId] }),
  });
}
