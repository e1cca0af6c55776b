import type { HealthCamera, HealthStore } from "@metrica/client/admin.ts";
import { currentLocale } from "@metrica/ui/language/language.ts";
import { findNewestVersion, isOutdated } from "./versions.ts";

export const cameraFilters = [
  "problems",
  "offline",
  "never_seen",
  "picture",
  "backlog",
  "outdated",
  "count_check",
] as const;

export type CameraFilter = (typeof cameraFilters)[number];

/** The search, the filter and the order of the list of stores, as search parameters. */
export interface StoresSearch {
  /** A part of the name of a store or a camera, or an id of one. */
  q?: string;
  /** Only stores with such a camera. */
  show?: CameraFilter;
  /** Without: stores with offline cameras first, as the API returns them. */
  sort?: "name" | "cameras";
}

/** Parses the search parameters. Invalid values are ignored. */
export function parseStoresSearch(search: Record<string, unknown>): StoresSearch {
  const { q, show, sort } = search;
  const filter = cameraFilters.find((known) => known === show);
  return {
    ...((typeof q === "string" || typeof q === "number") && q !== "" ? { q: String(q) } : {}),
    ...(filter === undefined ? {} : { show: filter }),
    ...(sort === "name" || sort === "cameras" ? { sort } : {}),
  };
}

/** Returns the stores that match the search, in its order. A search for a camera keeps the other cameras of its store. */
export function selectStores(stores: readonly HealthStore[], { q, show, sort }: StoresSearch): HealthStore[] {
  const newest = findNewestVersion({ stores });
  const found = stores.filter(
    (store) =>
      (q === undefined || matches(store, q)) &&
      (show === undefined || store.cameras.some((camera) => isShown(camera, show, newest))),
  );
  if (sort === "name") found.sort((one, other) => one.name.localeCompare(other.name, currentLocale()));
  if (sort === "cameras") found.sort((one, other) => other.cameras.length - one.cameras.length);
  return found;
}

function isShown(camera: HealthCamera, show: CameraFilter, newest: string | null): boolean {
  switch (show) {
    case "problems":
      return camera.problems.length > 0;
    case "picture":
      return camera.problems.some(({ type }) => type.startsWith("picture_") || type === "people_not_seen");
    case "backlog":
      return (camera.backlog ?? 0) + (camera.refused ?? 0) + (camera.set_aside ?? 0) > 0;
    case "outdated":
      return isOutdated(camera.worker_version, newest);
    case "count_check":
      return camera.count_check?.is_overdue === true;
    default:
      return camera.status === show;
  }
}

function matches(store: HealthStore, q: string): boolean {
  const wanted = fold(q);
  const texts = [
    store.name,
    store.store_id,
    ...store.cameras.flatMap((camera) => [camera.name, camera.camera_id]),
  ];
  return texts.some((text) => fold(text).includes(wanted));
}

/** Without case and accents: `cafe` finds `Café`. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .trim();
}
