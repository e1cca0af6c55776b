import { plural, t } from "@lingui/core/macro";
import type { Camera, Store } from "@metrica/client/admin.ts";
import { formatTimeZone } from "@metrica/ui/format/time.ts";
import { countryName } from "#features/stores/country.ts";
import { formatWeek } from "#features/stores/week.ts";
import type { StepName } from "./steps.ts";

/** Returns the title of a step. */
export function titleOf(name: StepName): string {
  const titles: Record<StepName, string> = {
    details: t`Details of the store`,
    camera: t`Camera`,
    connect: t`Edge box`,
    snapshot: t`Picture`,
    line: t`Counting line`,
    walk: t`Walk through`,
    owner: t`Owner`,
  };
  return titles[name];
}

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
    camera: camera === null ? t`Add a camera for the entrance.` : camera.name,
    connect: describeConnection(camera),
    snapshot: describePicture(camera),
    line:
      camera?.line == null
        ? t`Draw where people go in and out.`
        : t({ message: "Drawn", context: "the counting line" }),
    walk:
      lastCrossingAt === null
        ? t`See that somebody who goes in is counted.`
        : t({ message: "Counted", context: "who walked through" }),
    owner:
      people === 0
        ? t`Invite the owner by email.`
        : plural(people, { one: "# person invited", other: "# people invited" }),
  };
  return summaries[name];
}

function describePicture(camera: Camera | null): string {
  if (camera !== null && camera.snapshot_at !== null) return t({ message: "Received", context: "a picture" });
  if (camera !== null && camera.line !== null) return t`Not needed: the line is drawn.`;
  return t`Wait for a picture of the empty scene.`;
}

function describeConnection(camera: Camera | null): string {
  if (camera?.last_seen_at == null)
    return t`Install the worker on the edge box, and wait for its first heartbeat.`;
  return camera.status === "online" ? t`Connected` : t`Was connected, and is offline now`;
}

function describeStore({ timezone, opening_hours, country, region, closed_on_holidays }: Store): string {
  const place =
    country === null ? "" : [countryName(country), region].filter((part) => part !== null).join(", ");
  return [
    formatTimeZone(timezone),
    formatWeek(opening_hours),
    place !== "" &&
      (closed_on_holidays ? t`closed on public holidays of ${place}` : t`public holidays of ${place}`),
  ]
    .filter(Boolean)
    .join(" · ");
}
