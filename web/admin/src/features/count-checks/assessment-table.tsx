import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { CountAssessment } from "@metrica/client/admin.ts";
import { formatChange, formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { formatInterval } from "./words.ts";

/** The manual count, the count of the camera, the error and its interval, for each direction. */
export function AssessmentTable({ assessment }: { assessment: CountAssessment }) {
  const share = formatShare(2 * assessment.confidence - 1);
  return (
    <HorizontalScroll label={t`Error of the count`}>
      <table className="w-full whitespace-nowrap text-right text-sm tabular-nums" data-testid="assessment">
        <caption className="sr-only">{t`Error of the count, with its interval`}</caption>
        <thead className="text-muted-foreground text-xs">
          <tr className="border-border border-b *:px-2 *:py-1.5 *:font-normal">
            <th className="pl-0! text-left" scope="col">
              <Trans>Direction</Trans>
            </th>
            <th scope="col">{t({ message: "Manual", context: "a count" })}</th>
            <th scope="col">{t`Camera`}</th>
            <th scope="col">{t({ message: "Error", context: "of a count" })}</th>
            <th scope="col">{t`${share} interval`}</th>
          </tr>
        </thead>
        <tbody>
          {assessment.directions.map((one) => (
            <tr
              className="border-border border-b last:border-0 *:px-2 *:py-2"
              data-testid={`assessment-${one.direction}`}
              key={one.direction}
            >
              <th className="pl-0! text-left font-medium" scope="row">
                {one.direction}
              </th>
              <td>{formatCount(one.manual)}</td>
              <td>{formatCount(one.counted)}</td>
              <td>{formatChange(one.bias)}</td>
              <td>{formatInterval(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </HorizontalScroll>
  );
}
