import type {
  CountAssessment,
  CountCheck,
  DirectionAssessment,
  HealthCountCheck,
} from "@metrica/client/admin.ts";
import { formatChange, formatCount, formatShare, unknownValue } from "@metrica/ui/format/number.ts";
import { pluralize } from "#shared/pluralize.ts";

/** Returns the interval of the error of a direction: `−1.2% to +0.8%`. */
export function formatInterval({ low, high }: Pick<DirectionAssessment, "low" | "high">): string {
  return low === null || high === null ? unknownValue : `${formatChange(low)} to ${formatChange(high)}`;
}

/** Returns what is missing for a certificate, or that nothing is. */
export function describeAssessment(assessment: CountAssessment): string {
  const margin = formatShare(assessment.margin);
  if (assessment.is_certificate) return `The error of both directions is proven to be within ±${margin}.`;
  const outside = assessment.directions.filter(({ low, high }) => isOutside(low, high, assessment.margin));
  if (outside.length > 0)
    return `The error of ${joinDirections(outside)} is larger than ±${margin}. Check the line, and count again with a better one.`;
  const open = assessment.directions.filter(({ is_proven }) => !is_proven);
  if (open.some(({ people_needed }) => people_needed === null))
    return `No certificate: for ±${margin}, more than 100,000 further people would have to be counted.`;
  const needed = open.map(({ direction, people_needed }) => `${formatCount(people_needed)} ${direction}`);
  return `No certificate for ±${margin} yet: at least ${needed.join(" and ")} more, if all of them are counted right.`;
}

function isOutside(low: number | null, high: number | null, margin: number): boolean {
  return low !== null && high !== null && (low > margin || high < -margin);
}

function joinDirections(directions: readonly DirectionAssessment[]): string {
  return directions.map(({ direction }) => direction).join(" and ");
}

/** Returns why a check is not used for the certificate; null for one that is. */
export function describeUse({ use, complete }: Pick<CountCheck, "use" | "complete">): string | null {
  switch (use) {
    case "used":
      return null;
    case "incomplete":
      return complete === null
        ? "Not used: it is not known whether all crossings had arrived."
        : "Not used: crossings of this time had not arrived yet.";
    case "earlier_line":
      return "Not used: the line or the view was another one at this time.";
    case "overlapping":
      return "Not used: another check is about the same time.";
  }
}

const reasons: Record<HealthCountCheck["reason"], string> = {
  never: "The count of this camera has never been checked.",
  line_changed: "The count has not been checked since the line was changed.",
  view_changed: "The count has not been checked since the view of the camera changed.",
  old: "The last count check is more than 90 days old.",
};

/** Returns why a count check is overdue. */
export function describeOverdue({ reason }: Pick<HealthCountCheck, "reason">): string {
  return reasons[reason];
}

/** Returns how many checks an assessment is about: `3 checks with line 2`. */
export function describeEvidence({ checks, line_version }: CountAssessment): string {
  return `${pluralize(checks, "check")} with version ${line_version} of the line`;
}
