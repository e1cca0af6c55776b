import type { Camera, Store } from "@metrica/client/admin.ts";
import { formatTimeZone } from "@metrica/ui/format/time.ts";
import { countryName } from "#features/stores/country.ts";
import { formatWeek } from "#features/stores/week.ts";
import { pluralize } from "#shared/pluralize.ts";
import type { StepName } from "./steps.ts";

export const titles: Record<StepName, string> = {
  details: "Details of the store",
  camera: "Camera",
  connect: "Edge box",
  snapshot: "Picture",
  line: "Counting line",
  walk: "Walk through",
  owner: "Owner",
};

/** What the summaries are about. */
interface Summarized {
  store: Store;
  camera: Camera | null;
  lastCrossingAt: string | null;
  people: number;
}

/** Returns the line under the title of a step: what is set, else what to do. */
export function summarize(name: StepName, state: Summarized): string {
  const { camera, lastCrossingAt, people } = state;
  const summaries: Record<StepName, string> = {
    details: describeStore(state.store),
    camera: camera === null ? "Add a camera for the entrance." : camera.name,
    connect: describeConnection(camera),
    snapshot: describePicture(camera),
    line: camera?.line == null ? "Draw where people go in and out." : "Drawn",
    walk: lastCrossingAt === null ? "See that somebody who goes in is counted." : "Counted",
    owner: people === 0 ? "Invite the owner by email." : `${pluralize(people, "person", "people")} invited`,
  };
  return summaries[name];
}

function describePicture(camera: Camera | null): string {
  if (camera !== null && camera.snapshot_at !== null) return "Received";
  if (camera !== null && camera.line !== null) return "Not needed: the line is drawn.";
  return "Wait for a picture of the empty scene.";
}

function describeConnection(camera: Camera | null): string {
  if (camera?.last_seen_at == null)
    return "Install the worker on the edge box, and wait for its first heartbeat.";
  return camera.status === "online" ? "Connected" : "Was connected, and is offline now";
}

function describeStore({ timezone, opening_hours, country, region, closed_on_holidays }: Store): string {
  const place =
    country === null ? "" : [countryName(country), region].filter((part) => part !== null).join(", ");
  return [
    formatTimeZone(timezone),
    formatWeek(opening_hours),
    place !== "" && `${closed_on_holidays ? "closed on public holidays" : "public holidays"} of ${place}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
