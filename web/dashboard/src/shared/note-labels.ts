import { t } from "@lingui/core/macro";
import type { KpiNote } from "@metrica/client/owner.ts";

/** Returns why a value or its change is missing or incomplete. */
export function noteLabel(note: KpiNote): string {
  const labels: Record<KpiNote, string> = {
    not_observed: t`No data`,
    partially_observed: t`Partial data`,
    baseline_not_observed: t`No data in the compared period`,
    baseline_partially_observed: t`Partial data in the compared period`,
    no_visitors: t`No visitors yet`,
    no_exits: t`No exits yet`,
    pending: t`More data may arrive`,
    line_changed: t`The counting line changed`,
    special_day: t`Not compared: other opening hours on a special day`,
  };
  return labels[note];
}
