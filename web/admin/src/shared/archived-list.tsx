import { formatDay } from "@metrica/ui/format/time.ts";
import type { ReactNode } from "react";
import { pluralize } from "#shared/pluralize.ts";

export interface ArchivedEntry {
  id: string;
  /** A link to its page. */
  link: ReactNode;
  since: string;
  timezone: string;
}

interface ArchivedListProps {
  what: "camera" | "store";
  entries: readonly ArchivedEntry[];
  className: string;
}

/** A collapsed list of archived cameras or stores; nothing when there are none. */
export function ArchivedList({ what, entries, className }: ArchivedListProps) {
  if (entries.length === 0) return null;
  return (
    <details className={className} data-testid={`archived-${what}s`}>
      <summary className="w-fit rounded text-[13px] text-muted-foreground hover:text-foreground">
        {pluralize(entries.length, `archived ${what}`)}
      </summary>
      <ul className="mt-3 grid gap-2 text-sm">
        {entries.map(({ id, link, since, timezone }) => (
          <li className="flex flex-wrap gap-x-3" key={id}>
            {link}
            <span className="text-muted-foreground">archived {formatDay(since, timezone)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
