import type { IncidentType } from "@metrica/client/owner.ts";

/** The titles of the incidents of a camera, which owners see. */
export const cameraIncidentTitles = {
  camera_offline: "Camera offline",
  picture_frozen: "Picture frozen",
  picture_covered: "Picture covered or dark",
  picture_moved: "Camera moved",
  picture_damaged: "Picture damaged",
  people_not_seen: "People not seen",
  no_crossings: "No crossings in a busy hour",
  slow: "Edge box too slow",
  tracks_break_up: "Tracks break up",
  clock_off: "Clock of the edge box is off",
  backlog: "Crossings wait on the edge box",
  refused_crossings: "Crossings refused",
  lost_crossings: "Crossings lost",
  unreadable_crossings: "Crossings unreadable",
  totals_disagree: "Totals disagree",
  other_instance: "Second edge worker",
  copied_instance: "Copied outbox",
} as const;

/** The titles of all incidents. Those of the installation are for superadmins. */
export const incidentTitles: Readonly<Record<IncidentType, string>> = {
  ...cameraIncidentTitles,
  worker_key_unused: "Worker key unused",
  refresh_overdue: "Aggregates not refreshed",
  database_job: "Database job fails",
};
