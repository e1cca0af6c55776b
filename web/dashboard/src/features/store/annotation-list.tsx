import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Annotation, Dashboard } from "@metrica/client/owner.ts";
import { AnnotationMark } from "@metrica/ui/charts/bar-column.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatAnnotation, listAnnotations } from "./annotations.ts";

function comparedText(annotation: Annotation): string {
  const text = formatAnnotation(annotation);
  return t`Compared period: ${text}`;
}

/** The most annotations on paper: a page of A4 has room for them. The class of the list hides the others. */
const maxPrinted = 12;

/** The public holidays, special days and notes of a period, and those of the compared period. */
export function AnnotationList({ dashboard }: { dashboard: Dashboard }) {
  const annotations = listAnnotations(dashboard);
  const compared = dashboard.compare?.annotations ?? [];
  if (annotations.length === 0 && compared.length === 0) return null;
  const notPrinted = annotations.length + compared.length - maxPrinted;
  const more = formatCount(notPrinted);
  return (
    <ul
      className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-muted-foreground text-xs print:text-[10px] print:[&>li:nth-child(n+13):not(:last-child)]:hidden"
      data-testid="annotations"
    >
      {annotations.map((annotation) => (
        <li className="flex items-baseline gap-1.5" key={annotation.date}>
          <svg aria-hidden="true" className="shrink-0 translate-y-px" height={12} width={12}>
            <AnnotationMark x={6} y={6} />
          </svg>
          {formatAnnotation(annotation)}
        </li>
      ))}
      {compared.map((annotation) => (
        <li key={`compared ${annotation.date}`}>{comparedText(annotation)}</li>
      ))}
      {notPrinted > 0 && (
        <li className="hidden print:block">
          <Trans>and {more} more</Trans>
        </li>
      )}
    </ul>
  );
}
