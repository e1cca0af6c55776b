import { t } from "@lingui/core/macro";
import type { Annotation, Dashboard } from "@metrica/client/owner.ts";
import { holidayName } from "#shared/holiday-name.ts";
import { formatPlainDate } from "./calendar.ts";

/** Returns what is special about a date: `Tue 8 Dec: Immaculate Conception, other opening hours`. */
export function formatAnnotation(annotation: Annotation): string {
  const { date, note, has_special_hours } = annotation;
  const parts = [holidayName(annotation), note, has_special_hours ? t`other opening hours` : null];
  const [day, text] = [formatPlainDate(date), parts.filter((part) => part !== null).join(", ")];
  return t`${day}: ${text}`;
}

/** Returns the annotations of the days of a period in order, each once. */
export function listAnnotations({ buckets }: Pick<Dashboard, "buckets">): Annotation[] {
  const annotations = new Map(
    buckets.flatMap((bucket) => bucket.annotations.map((each) => [each.date, each])),
  );
  return [...annotations.values()].sort((a, b) => a.date.localeCompare(b.date));
}
