/** What both panels of a store's access need to know of it. */
export interface AccessProps {
  storeId: string;
  timezone: string;
  /** Whether the store is out of use: access is only taken away then. */
  archived: boolean;
}
