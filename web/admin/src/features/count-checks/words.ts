import { plural, t } from "@lingui/core/macro";
import type {
  CountAssessment,
  CountCheck,
  DirectionAssessment,
  HealthCountCheck,
} from "@metrica/client/admin.ts";
import { formatChange, formatCount, formatShare, unknownValue } from "@metrica/ui/format/number.ts";
import { currentLocale } from "@metrica/ui/language/language.ts";

/** Returns the interval of the error of a direction: `−1.2% to +0.8%`. */
export function formatInterval({ low, high }: Pick<DirectionAssessment, "low" | "high">): string {
  return low === null || high === null ? unknownValue : formatRange(low, high);
}

function formatRange(low: number, high: number): string {
  const [from, to] = [formatChange(low), formatChange(high)];
  return t`${from} to ${to}`;
}

/** Returns what is missing for a certificate, or that nothing is. */
export function describeAssessment(assessment: CountAssessment): string {
  const margin = formatShare(assessment.margin);
  if (assessment.is_certificate) return t`The error of both directions is proven to be within ±${margin}.`;
  const outside = assessment.directions.filter(({ low, high }) => isOutside(low, high, assessment.margin));
  if (outside.length > 0) {
    const directions = joinWords(outside.map(({ direction }) => direction));
    return t`The error of ${directions} is larger than ±${margin}. Check the line, and count again with a better one.`;
  }
  const open = assessment.directions.filter(({ is_proven }) => !is_proven);
  if (open.some(({ people_needed }) => people_needed === null)) return describeUnreachable(margin);
  const needed = joinWords(
    open.map(({ direction, people_needed }) => `${formatCount(people_needed)} ${direction}`),
  );
  return t`No certificate for ±${margin} yet: at least ${needed} more, if all of them are counted right.`;
}

function isOutside(low: number | null, high: number | null, margin: number): boolean {
  return low !== null && high !== null && (low > margin || high < -margin);
}

function describeUnreachable(margin: string): string {
  const people = formatCount(100_000);
  return t`No certificate: for ±${margin}, more than ${people} further people would have to be counted.`;
}

/** `IN and OUT`, in the language of the page. */
function joinWords(words: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: "conjunction" }).format(words);
}

/** Returns why a check is not used for the certificate; null for one that is. */
export function describeUse({ use, complete }: Pick<CountCheck, "use" | "complete">): string | null {
  switch (use) {
    case "used":
      return null;
    case "incomplete":
      return complete === null
        ? t`Not used: it is not known whether all crossings had arrived.`
        : t`Not used: crossings of this time had not arrived yet.`;
    case "earlier_line":
      return t`Not used: the line or the view was another one at this time.`;
    case "overlapping":
      return t`Not used: another check is about the same time.`;
  }
}

/** Returns why a count check is overdue. */
export function describeOverdue({ reason }: Pick<HealthCountCheck, "reason">): string {
  const reasons: Record<HealthCountCheck["reason"], string> = {
    never: t`The count of this camera has never been checked.`,
    line_changed: t`The count has not been checked since the line was changed.`,
    view_changed: t`The count has not been checked since the view of the camera changed.`,
    old: t`The last count check is more than 90 days old.`,
  };
  return reasons[reason];
}

/** Returns how many checks an assessment is about. */
export function describeEvidence({ checks, line_version }: CountAssessment): string {
  return plural(checks, {
    one: `From # check with version ${line_version} of the line.`,
    other: `From # checks with version ${line_version} of the line.`,
  });
}
