import { t } from "@lingui/core/macro";
import type { Annotation, Dashboard } from "@metrica/client/owner.ts";
import { AnnotationMark } from "@metrica/ui/charts/bar-column.tsx";
import { formatAnnotation, listAnnotations } from "./annotations.ts";

function comparedText(annotation: Annotation): string {
  const text = formatAnnotation(annotation);
  return t`Compared period: ${text}`;
}

/** The public holidays, special days and notes of a period, and those of the compared period. */
export function AnnotationList({ dashboard }: { dashboard: Dashboard }) {
  const annotations = listAnnotations(dashboard);
  const compared = dashboard.compare?.annotations ?? [];
  if (annotations.length === 0 && compared.length === 0) return null;
  return (
    <ul
      className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-muted-foreground text-xs"
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
        <li key={annotation.date}>{comparedText(annotation)}</li>
      ))}
    </ul>
  );
}
