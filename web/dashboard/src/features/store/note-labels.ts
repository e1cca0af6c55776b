import type { KpiNote } from "@metrica/client/owner.ts";

/** Why a value or its change is missing or incomplete. */
export const noteLabels: Record<KpiNote, string> = {
  not_observed: "No data",
  partially_observed: "Partial data",
  baseline_not_observed: "No data in the compared period",
  baseline_partially_observed: "Partial data in the compared period",
  no_visitors: "No visitors yet",
  no_exits: "No exits yet",
  pending: "More data may arrive",
  line_changed: "The counting line changed",
  special_day: "Not compared: other opening hours on a special day",
};
