import { t } from "@lingui/core/macro";
import { formatDay } from "@metrica/ui/format/time.ts";
import type { ReactNode } from "react";

export interface ArchivedEntry {
  id: string;
  /** A link to its page. */
  link: ReactNode;
  since: string;
  timezone: string;
}

interface ArchivedListProps {
  entries: readonly ArchivedEntry[];
  /** `2 archived cameras` */
  summary: string;
  testId: string;
  className: string;
}

/** A collapsed list of archived cameras or stores; nothing when there are none. */
export function ArchivedList({ entries, summary, testId, className }: ArchivedListProps) {
  if (entries.length === 0) return null;
  return (
    <details className={className} data-testid={testId}>
      <summary className="w-fit rounded text-[13px] text-muted-foreground hover:text-foreground">
        {summary}
      </summary>
      <ul className="mt-3 grid gap-2 text-sm">
        {entries.map(({ id, link, since, timezone }) => (
          <li className="flex flex-wrap gap-x-3" key={id}>
            {link}
            <span className="text-muted-foreground">{describeDay(formatDay(since, timezone))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function describeDay(day: string): string {
  return t`archived ${day}`;
}
