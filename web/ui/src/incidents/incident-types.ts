import { t } from "@lingui/core/macro";
import type { IncidentType } from "@metrica/client/owner.ts";

/** The incidents of a camera, which owners see. Those of the installation are for superadmins. */
export const cameraIncidentTypes = [
  "camera_offline",
  "picture_frozen",
  "picture_covered",
  "picture_moved",
  "picture_damaged",
  "people_not_seen",
  "no_crossings",
  "slow",
  "tracks_break_up",
  "clock_off",
  "backlog",
  "refused_crossings",
  "lost_crossings",
  "unreadable_crossings",
  "totals_disagree",
  "other_instance",
  "copied_instance",
] as const satisfies readonly IncidentType[];

/** Returns the title of the incidents of a type. */
export function incidentTitle(type: IncidentType): string {
  const titles: Record<IncidentType, string> = {
    camera_offline: t`Camera offline`,
    picture_frozen: t`Picture frozen`,
    picture_covered: t`Picture covered or dark`,
    picture_moved: t`Camera moved`,
    picture_damaged: t`Picture damaged`,
    people_not_seen: t`People not seen`,
    no_crossings: t`No crossings in a busy hour`,
    slow: t`Edge box too slow`,
    tracks_break_up: t`Tracks break up`,
    clock_off: t`Clock of the edge box is off`,
    backlog: t`Crossings wait on the edge box`,
    refused_crossings: t`Crossings refused`,
    lost_crossings: t`Crossings lost`,
    unreadable_crossings: t`Crossings unreadable`,
    totals_disagree: t`Totals disagree`,
    other_instance: t`Second edge worker`,
    copied_instance: t`Copied outbox`,
    worker_key_unused: t`Worker key unused`,
    refresh_overdue: t`Aggregates not refreshed`,
    database_job: t`Database job fails`,
  };
  return titles[type];
}
