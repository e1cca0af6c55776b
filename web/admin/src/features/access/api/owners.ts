import type { AdminApi } from "@metrica/client/admin.ts";
import { unwrap } from "@metrica/client/api-client.ts";
import { createOnce } from "@metrica/client/create-once.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

export function ownersQuery(admin: AdminApi, storeId: string) {
  return queryOptions({
    queryKey: ["owners", storeId],
    queryFn: ({ signal }) =>
      unwrap(
        admin.GET("/admin/stores/{store_id}/owners", { params: { path: { store_id: storeId } }, signal }),
      ),
  });
}

export function useInviteOwner(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  const create = useMemo(
    () =>
      createOnce((email: string, key) =>
        unwrap(
          admin.POST("/admin/stores/{store_id}/owners", {
            params: { path: { store_id: storeId }, header: { "Idempotency-Key": key } },
            body: { email },
          }),
        ),
      ),
    [admin, storeId],
  );
  return useMutation({
    mutationFn: create,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["owners", storeId] }),
  });
}

/** Removes an owner. The API removes the last owner only with `allowOwnerless`. */
export function useRemoveOwner(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ userId, allowOwnerless }: { userId: string; allowOwnerless: boolean }) =>
      unwrap(
        admin.DELETE("/admin/stores/{store_id}/owners/{user_id}", {
          params: {
            path: { store_id: storeId, user_id: userId },
            query: { allow_ownerless: allowOwnerless },
          },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["owners", storeId] }),
  });
}

export function useRevokeInvite(admin: AdminApi, storeId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (inviteId: string) =>
      unwrap(
        admin.DELETE("/admin/stores/{store_id}/invites/{invite_id}", {
          params: { path: { store_id: storeId, invite_id: inviteId } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["owners", storeId] }),
  });
}
