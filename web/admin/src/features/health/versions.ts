import type { HealthStore } from "@metrica/client/admin.ts";

/** Returns the newest version of the edge worker that a box has reported; null when none has. */
export function findNewestVersion({ stores }: { stores: readonly HealthStore[] }): string | null {
  const versions = stores
    .flatMap((store) => store.cameras)
    .flatMap(({ worker_version }) => (worker_version === null ? [] : [worker_version]));
  return versions.reduce<string | null>(
    (newest, version) => (newest === null || compareVersions(version, newest) > 0 ? version : newest),
    null,
  );
}

/** Whether a version is older than the newest one. An unknown version is not. */
export function isOutdated(version: string | null, newest: string | null): boolean {
  return version !== null && newest !== null && compareVersions(version, newest) < 0;
}

/** Compares the numbers of two versions, such as `0.9.2` and `0.10.0`. A suffix such as `.dev1` is not compared. */
function compareVersions(one: string, other: string): number {
  const [numbers, others] = [numbersOf(one), numbersOf(other)];
  for (let index = 0; index < Math.max(numbers.length, others.length); index++) {
    const difference = (numbers[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? "0").split(".").map(Number);
}
