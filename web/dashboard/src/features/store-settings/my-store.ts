import type { MyStore } from "@metrica/client/owner.ts";
import { createContext, use } from "react";

const MyStoreContext = createContext<MyStore | null>(null);

export const MyStoreProvider = MyStoreContext.Provider;

/** Returns the store whose settings are open. */
export function useMyStore(): MyStore {
  const store = use(MyStoreContext);
  if (store === null) throw new Error("useMyStore must be used inside of the settings of a store.");
  return store;
}
