/** The columns of the table of stores. */
export const leagueColumns = ["name", "occupancy", "visitorsToday", "visitors", "change"] as const;
export type LeagueColumn = (typeof leagueColumns)[number];

/** The search parameters of the page of all stores. Default values are omitted: sorted by name, all stores. */
export interface StoresSearch {
  sort?: LeagueColumn;
  order?: "asc" | "desc";
  /** The text that the names contain. */
  search?: string;
}

/** The order of the table of stores. */
export interface LeagueOrder {
  column: LeagueColumn;
  descending: boolean;
}

const maxSearchLength = 100;

/** Parses the search parameters. Invalid values are ignored, so that an old or mistyped link opens the page. */
export function parseStoresSearch(search: Record<string, unknown>): StoresSearch {
  const column = leagueColumns.find((known) => known === search.sort) ?? "name";
  const order = search.order === "asc" || search.order === "desc" ? search.order : undefined;
  const text = typeof search.search === "string" ? search.search.slice(0, maxSearchLength) : "";
  return toStoresSearch({ column, descending: isDescending(column, order) }, text);
}

/** Returns the order that the search parameters name. Numbers begin with the largest one, names with A. */
export function toLeagueOrder({ sort: column = "name", order }: StoresSearch): LeagueOrder {
  return { column, descending: isDescending(column, order) };
}

/** Returns the search parameters for an order and a text. */
export function toStoresSearch({ column, descending }: LeagueOrder, text: string): StoresSearch {
  return {
    ...(column === "name" ? {} : { sort: column }),
    ...(descending === isDescending(column, undefined) ? {} : { order: descending ? "desc" : "asc" }),
    ...(text === "" ? {} : { search: text }),
  };
}

function isDescending(column: LeagueColumn, order: "asc" | "desc" | undefined): boolean {
  return order === undefined ? column !== "name" : order === "desc";
}
