/** The search parameters of the incidents of a store. */
export interface IncidentsSearch {
  /** `all`: closed incidents, too. */
  show?: "all";
}

export function parseIncidentsSearch(search: Record<string, unknown>): IncidentsSearch {
  return search.show === "all" ? { show: "all" } : {};
}
