import type { Channel } from "@metrica/client/owner.ts";

/** Whether a channel tells about incidents of a store. */
export function concernsStore({ scope, store_id }: Channel, storeId: string): boolean {
  return scope !== "store" || store_id === storeId;
}
