/** The search parameters of the calendar of a store. */
export interface CalendarSearch {
  /** The shown month, `2026-12`; the current one by default. */
  month?: string;
}

export function parseCalendarSearch(search: Record<string, unknown>): CalendarSearch {
  const { month } = search;
  return typeof month === "string" && /^20\d{2}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {};
}
