import { t } from "@lingui/core/macro";
import type { IncidentType } from "@metrica/client/owner.ts";
import { formatAverage, formatCount } from "../format/number.ts";
import { formatTime } from "../format/time.ts";

/** What is wrong, and what to do about it. */
export interface IncidentWords {
  detail: string;
  remedy: string;
}

/** An incident, or a problem that a heartbeat reports: that has begun with the heartbeat. */
type Described = IncidentWords & { type: IncidentType; facts: Facts; started_at?: string };

/** The numbers of an incident, by their names of docs/incidents.md. */
type Facts = Readonly<Record<string, number>>;

/** Who reads: an administrator does what an owner asks one to do. */
type Reader = "owner" | "administrator";

/**
 * Returns what is wrong and what to do, in the language of the page. The numbers are those of the incident; an incident that has none of
 * them, because it is from before they were stored, keeps the English sentences of the API.
 */
export function describeIncident(
  incident: Described,
  timezone: string,
  reader: Reader = "owner",
): IncidentWords {
  const words = describePicture(incident) ?? describeMeasurement(incident, timezone) ?? incident;
  const remedy = reader === "administrator" ? remedyOfAdministrator(incident.type) : undefined;
  return remedy === undefined ? words : { ...words, remedy };
}

/** What an administrator does, where an owner asks one. */
function remedyOfAdministrator(type: IncidentType): string | undefined {
  if (type === "picture_moved")
    return t`Turn the camera back, or request a snapshot and draw the line again. If the line is still right, accept the view on the page of the camera.`;
  if (type === "other_instance")
    return t`Stop one of the two. If the new one replaces the old one, accept it on the page of the camera.`;
  return undefined;
}

/** The incidents without numbers. */
function describePicture({ type }: Described): IncidentWords | undefined {
  switch (type) {
    case "camera_offline":
      return {
        detail: t`The edge box of this camera sends nothing. Crossings that it counts meanwhile arrive later.`,
        remedy: t`Check its power and its network. Run metrica-edge doctor on the edge box for the cause.`,
      };
    case "picture_frozen":
      return {
        detail: t`The picture stands still although frames arrive. These minutes do not count as observed.`,
        remedy: t`Restart the camera, or the recorder between the camera and the edge box.`,
      };
    case "picture_covered":
      return {
        detail: t`The picture is covered, dark, washed out or out of focus.`,
        remedy: t`Clean the lens, remove what covers it, and check the light and the focus. A closed store without light is dark, too.`,
      };
    case "picture_moved":
      return {
        detail: t`The camera shows another view than the one in which the line was drawn.`,
        remedy: t`Turn the camera back, or ask your administrator to draw the line again. If the line is still right, the administrator can accept the view.`,
      };
    case "picture_damaged":
      return {
        detail: t`The picture is damaged, because packets of the stream are lost. People may be missed.`,
        remedy: t`Allow RTSP over TCP in the settings of the camera, and check its cable or radio link.`,
      };
    case "people_not_seen":
      return {
        detail: t`Something moves across the line, but people are not detected there, or hardly.`,
        remedy: t`Check the light and the focus, and hang the camera so that it sees people from the side. If they are small in the picture, use a stream with more pixels, or zoom in. Run metrica-edge calibrate on the edge box to see what the model detects.`,
      };
    case "other_instance":
      return {
        detail: t`Another edge box tries to count this camera and is turned away. It keeps its crossings.`,
        remedy: t`Stop one of the two. If the new one replaces the old one, your administrator accepts it on the page of the camera.`,
      };
    case "copied_instance":
      return {
        detail: t`Two edge boxes run with copies of one outbox, and count every person twice.`,
        remedy: t`Stop one of them, and delete its outbox before it starts again: a memory card was copied.`,
      };
    default:
      return undefined;
  }
}

/** The words of an incident with numbers, and the numbers that they need. */
interface Measurement {
  needs: readonly string[];
  words: (facts: Facts, started: string) => IncidentWords;
}

/** Returns the words of an incident with numbers; undefined without the numbers. */
function describeMeasurement(
  { type, facts, started_at }: Described,
  timezone: string,
): IncidentWords | undefined {
  const measurement = measurements[type];
  if (measurement === undefined || measurement.needs.some((name) => facts[name] === undefined))
    return undefined;
  return measurement.words(facts, started_at === undefined ? "" : formatTime(started_at, timezone));
}

const measurements: Partial<Record<IncidentType, Measurement>> = {
  no_crossings: {
    needs: ["usual_crossings"],
    words: ({ usual_crossings }, time) => {
      const usual = formatCount(usual_crossings);
      return {
        detail: t`Nobody crossed the line from ${time} on for an hour; ${usual} crossings are usual then.`,
        remedy: t`Look at the entrance: is it closed, is the light on, does something hide it from the camera?`,
      };
    },
  },
  slow: {
    needs: ["reached_fps", "wanted_fps"],
    words: ({ reached_fps, wanted_fps }) => {
      const [reached, wanted] = [formatAverage(reached_fps), formatAverage(wanted_fps)];
      return {
        detail: t`The edge box analyses ${reached} of ${wanted} frames per second.`,
        remedy: t`Lower the frames per second of the camera, use a smaller model, or give the edge box fewer cameras.`,
      };
    },
  },
  tracks_break_up: {
    needs: ["tracks_per_crossing"],
    words: ({ tracks_per_crossing }) => {
      const tracks = formatAverage(tracks_per_crossing);
      return {
        detail: t`Tracks break up near the line: ${tracks} tracks per crossing, 1 is normal.`,
        remedy: t`Give more light, analyse at least 8 frames per second, or draw the line where people are in full view.`,
      };
    },
  },
  clock_off: {
    needs: ["clock_offset_s"],
    words: ({ clock_offset_s = 0 }) => {
      const seconds = formatCount(Math.abs(clock_offset_s));
      return {
        detail:
          clock_offset_s > 0
            ? t`The clock of the edge box is ${seconds} s ahead.`
            : t`The clock of the edge box is ${seconds} s behind.`,
        remedy: t`Set the clock: timedatectl set-ntp true. Crossings that are more than 5 minutes ahead are refused.`,
      };
    },
  },
  backlog: {
    needs: ["crossings", "oldest_s"],
    words: ({ crossings, oldest_s = 0 }) => {
      const [count, minutes] = [formatCount(crossings), formatCount(oldest_s / 60)];
      return {
        detail: t`${count} crossings wait on the edge box, the oldest for ${minutes} minutes.`,
        remedy: t`Check the upload of the store's network, and the log of metrica-edge for errors of the backend.`,
      };
    },
  },
  refused_crossings: {
    needs: ["crossings"],
    words: ({ crossings }) => {
      const count = formatCount(crossings);
      return {
        detail: t`${count} crossings were refused. The edge box keeps them, and the data is incomplete.`,
        remedy: t`Run metrica-edge outbox dead on the edge box for the reasons, then outbox retry or outbox discard.`,
      };
    },
  },
  lost_crossings: {
    needs: ["crossings"],
    words: ({ crossings }) => {
      const count = formatCount(crossings);
      return {
        detail: t`${count} crossings are lost: neither the disk nor the memory of the edge box had room.`,
        remedy: t`Run metrica-edge doctor on the edge box to check its disk.`,
      };
    },
  },
  unreadable_crossings: {
    needs: ["crossings"],
    words: ({ crossings }) => {
      const count = formatCount(crossings);
      return {
        detail: t`${count} crossings wait because ingest cannot read them.`,
        remedy: t`Update the edge worker, and check for a proxy that changes requests.`,
      };
    },
  },
  totals_disagree: {
    needs: ["counted", "accounted"],
    words: ({ counted, accounted }) => {
      const [total, known] = [formatCount(counted), formatCount(accounted)];
      return {
        detail: t`The edge box has counted ${total} crossings, but ${known} are stored, waiting or refused.`,
        remedy: t`Check the log of the edge box for a damaged outbox, and that no copy of the outbox is in use. A new outbox starts with new totals.`,
      };
    },
  },
};
