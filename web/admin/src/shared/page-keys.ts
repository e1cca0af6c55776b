/** The keys that open the pages. */
export const pageKeys = { stores: "g s", audit: "g a" } as const;
