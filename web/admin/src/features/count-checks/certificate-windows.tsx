import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { CountCheck } from "@metrica/client/admin.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatDate } from "@metrica/ui/format/time.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { formatWindow } from "./format.ts";

/** More rows would not fit on the page. The totals contain all windows. */
const maxRows = 10;

interface CertificateWindowsProps {
  /** Newest first, at least one. */
  checks: readonly CountCheck[];
  timezone: string;
}

/** The windows of a certificate: when, by whom, and both counts. */
export function CertificateWindows({ checks, timezone }: CertificateWindowsProps) {
  const [oldest, newest] = [checks.at(-1), checks[0]];
  const leftOut = checks.length - maxRows;
  return (
    <section className="grid gap-2 print:gap-1">
      <h2 className="font-semibold text-sm">
        {t({ message: "Windows", context: "of time" })}
        {oldest !== undefined && newest !== undefined && (
          <span className="ml-2 font-normal text-muted-foreground">
            {formatPeriod(oldest.window_start, newest.window_end, timezone)}
          </span>
        )}
      </h2>
      <HorizontalScroll label={t`Table of windows`}>
        <table className="w-full whitespace-nowrap text-right text-sm tabular-nums print:text-xs">
          <caption className="sr-only">{t`The windows, newest first`}</caption>
          <thead className="text-muted-foreground text-xs">
            <tr className="border-border border-b *:px-2 *:py-1 *:font-normal">
              <th className="pl-0! text-left" scope="col">
                {t({ message: "Window", context: "of time" })}
              </th>
              <th className="text-left" scope="col">
                <Trans>Counted by</Trans>
              </th>
              <th scope="col">{t({ message: "Parts", context: "of a window of time" })}</th>
              <th scope="col">{t`IN manual / camera`}</th>
              <th scope="col">{t`OUT manual / camera`}</th>
            </tr>
          </thead>
          <tbody>
            {checks.slice(0, maxRows).map((check) => (
              <tr
                className="border-border border-b last:border-0 *:px-2 *:py-1 print:*:py-0.5"
                data-testid="certificate-window"
                key={check.count_check_id}
              >
                <th className="whitespace-nowrap pl-0! text-left font-normal" scope="row">
                  {formatWindow(check, timezone)}
                </th>
                <td className="min-w-40 whitespace-normal text-left">{check.counted_by ?? "–"}</td>
                <td>{check.parts.length}</td>
                <td>
                  {formatCount(check.manual_in)} / {formatCount(check.counted_in)}
                </td>
                <td>
                  {formatCount(check.manual_out)} / {formatCount(check.counted_out)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </HorizontalScroll>
      {leftOut > 0 && (
        <p className="text-muted-foreground text-xs">
          {plural(leftOut, {
            one: "And # earlier window, which the totals contain.",
            other: "And # earlier windows, which the totals contain.",
          })}
        </p>
      )}
    </section>
  );
}

/** `22 November 2026`, or `20 November 2026 – 22 November 2026`. */
function formatPeriod(start: string, end: string, timezone: string): string {
  const [first, last] = [formatDate(start, timezone), formatDate(end, timezone)];
  return first === last ? first : `${first} – ${last}`;
}
