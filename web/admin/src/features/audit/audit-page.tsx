import type { AuditEntry } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { Card } from "@metrica/ui/card.tsx";
import { clockTimeWithSeconds, shortDay } from "@metrica/ui/format/time.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useTitle } from "@metrica/ui/use-title.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useServices } from "#shared/services.tsx";
import { auditQuery } from "./api/get-audit.ts";
import { changesOf } from "./changes.ts";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What superadmins did, newest first. */
export function AuditPage() {
  useTitle("Audit");
  const { admin } = useServices();
  const audit = useInfiniteQuery(auditQuery(admin));
  return (
    <>
      <h1 className="mb-1 font-semibold text-2xl tracking-tight">Audit</h1>
      <p className="mb-6 text-ink-soft text-sm">
        What was changed, by whom; times of {here.replaceAll("_", " ")}
      </p>
      <LoadingPanel
        empty={<EmptyState title="Nothing has been changed yet" />}
        isEmpty={(data) => data.pages[0]?.entries.length === 0}
        query={{ ...audit, isPlaceholderData: false }}
      >
        {(data) => (
          <Card className="divide-y divide-line">
            {data.pages.flatMap((page) =>
              page.entries.map((entry) => <Entry entry={entry} key={entry.entry_id} />),
            )}
          </Card>
        )}
      </LoadingPanel>
      {audit.hasNextPage && (
        <Button busy={audit.isFetchingNextPage} className="mt-4" onClick={() => void audit.fetchNextPage()}>
          Earlier
        </Button>
      )}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <article
      className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-[11rem_12rem_1fr]"
      data-testid="audit-entry"
    >
      <time className="text-[13px] text-ink-faint tabular-nums" dateTime={entry.at}>
        {shortDay(entry.at, here)}, {clockTimeWithSeconds(entry.at, here)}
      </time>
      <div>
        <p className="font-medium text-sm">{entry.action}</p>
        <p className="truncate text-[13px] text-ink-faint">{entry.actor_email ?? "the system"}</p>
      </div>
      <ul className="flex min-w-0 flex-wrap gap-x-4 text-[13px] text-ink-soft">
        {changesOf(entry.before, entry.after).map(({ name, before, after }) => (
          <li className="min-w-0 break-words" key={name}>
            <span className="text-ink-faint">{name}</span>{" "}
            {before === undefined ? after : `${before} → ${after ?? "removed"}`}
          </li>
        ))}
      </ul>
    </article>
  );
}
