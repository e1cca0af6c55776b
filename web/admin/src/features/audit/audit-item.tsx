import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { AuditEntry } from "@metrica/client/admin.ts";
import { formatDay, formatTimeWithSeconds } from "@metrica/ui/format/time.ts";
import { Link } from "@tanstack/react-router";
import { diffFields, formatChange } from "./field-changes.ts";
import type { AuditSearch } from "./search.ts";
import { actionName } from "./words.ts";

/** The audit log covers all stores, so it uses the time zone of the browser. */
export const browserTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const linkClass =
  "inline-block min-h-6 rounded leading-6 hover:text-accent-foreground hover:underline underline-offset-2";

interface AuditItemProps {
  entry: AuditEntry;
  search: AuditSearch;
  storeNames: ReadonlyMap<string, string>;
}

/** An entry of the audit log: the time, the action, the user, the subject and the changes. */
export function AuditItem({ entry, search, storeNames }: AuditItemProps) {
  const { action, actor_id, actor_email } = entry;
  return (
    <article
      className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-[10rem_13rem_1fr]"
      data-testid="audit-entry"
    >
      <time className="text-[13px] text-muted-foreground tabular-nums" dateTime={entry.at}>
        {formatDay(entry.at, browserTimeZone)}, {formatTimeWithSeconds(entry.at, browserTimeZone)}
      </time>
      <div className="min-w-0">
        <p className="font-medium text-sm">
          <Link
            className={linkClass}
            search={{ ...search, action }}
            title={t`Filter by this action`}
            to="/audit"
          >
            {actionName(action)}
          </Link>
        </p>
        <p className="truncate text-[13px] text-muted-foreground" title={actor_email ?? undefined}>
          {actor_id === null ? (
            (actor_email ?? t({ message: "System", context: "who did it" }))
          ) : (
            <Link
              className={linkClass}
              search={{ ...search, actor: actor_id }}
              title={actor_email ?? actor_id}
              to="/audit"
            >
              {actor_email ?? actor_id}
            </Link>
          )}
        </p>
      </div>
      <div className="min-w-0 text-[13px] text-muted-foreground">
        <Subject entry={entry} search={search} storeNames={storeNames} />
        <ul className="flex flex-wrap gap-x-4">
          {diffFields(entry.before, entry.after, browserTimeZone).map(({ name, before, after }) => (
            <li className="min-w-0" key={name}>
              <span className="text-foreground">{name}:</span> {formatChange(before, after)}
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}

/** The store and the camera of an entry. */
function Subject({ entry, search, storeNames }: AuditItemProps) {
  const { store_id, subject_type } = entry;
  if (store_id === null) return null;
  const cameraId = cameraIdOf(entry);
  return (
    <p className="mb-0.5 flex flex-wrap gap-x-2">
      <Link
        className={linkClass}
        search={{ ...search, store: store_id }}
        title={t`Filter by this store`}
        to="/audit"
      >
        {storeNames.get(store_id) ?? store_id}
      </Link>
      {cameraId !== undefined && (
        <Link className={`${linkClass} text-primary`} params={{ cameraId }} to="/cameras/$cameraId">
          <Trans>Open camera</Trans>
        </Link>
      )}
      {subject_type === "store" && (
        <Link className={`${linkClass} text-primary`} params={{ storeId: store_id }} to="/stores/$storeId">
          <Trans>Open store</Trans>
        </Link>
      )}
    </p>
  );
}

/** Returns the id of the camera that the entry is about; undefined for other entries. */
function cameraIdOf({ subject_type, subject_id, after }: AuditEntry): string | undefined {
  if (subject_type === "camera") return subject_id ?? undefined;
  return typeof after?.camera_id === "string" ? after.camera_id : undefined;
}
