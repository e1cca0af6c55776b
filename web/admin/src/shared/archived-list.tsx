import { plural } from "@metrica/ui/format/number.ts";
import { shortDay } from "@metrica/ui/format/time.ts";
import type { ReactNode } from "react";

export interface Archived {
  id: string;
  /** Its name, leading to its page. */
  link: ReactNode;
  since: string;
  timezone: string;
}

interface ArchivedListProps {
  what: "camera" | "store";
  entries: readonly Archived[];
  className: string;
}

/** The way to what is out of use, folded away; nothing while there is none. */
export function ArchivedList({ what, entries, className }: ArchivedListProps) {
  if (entries.length === 0) return null;
  return (
    <details className={className} data-testid={`archived-${what}s`}>
      <summary className="w-fit rounded text-[13px] text-ink-soft hover:text-ink">
        {plural(entries.length, `archived ${what}`)}
      </summary>
      <ul className="mt-3 grid gap-2 text-sm">
        {entries.map(({ id, link, since, timezone }) => (
          <li className="flex flex-wrap gap-x-3" key={id}>
            {link}
            <span className="text-ink-faint">since {shortDay(since, timezone)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
