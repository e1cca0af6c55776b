import type { CountCheck } from "@metrica/client/admin.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatDate } from "@metrica/ui/format/time.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { pluralize } from "#shared/pluralize.ts";
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
        Windows
        {oldest !== undefined && newest !== undefined && (
          <span className="ml-2 font-normal text-muted-foreground">
            {formatPeriod(oldest.window_start, newest.window_end, timezone)}
          </span>
        )}
      </h2>
      <HorizontalScroll label="Table of windows">
        <table className="w-full text-right text-sm tabular-nums print:text-xs">
          <caption className="sr-only">The windows, newest first</caption>
          <thead className="text-muted-foreground text-xs">
            <tr className="border-border border-b *:px-2 *:py-1 *:font-normal">
              <th className="pl-0! text-left" scope="col">
                Window
              </th>
              <th className="text-left" scope="col">
                Counted by
              </th>
              <th scope="col">Parts</th>
              <th scope="col">IN manual / camera</th>
              <th scope="col">OUT manual / camera</th>
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
                <td className="text-left">{check.counted_by ?? "–"}</td>
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
          And {pluralize(leftOut, "earlier window")}, which the totals contain.
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
