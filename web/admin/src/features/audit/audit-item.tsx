import type { AuditEntry } from "@metrica/client/admin.ts";
import { clockTimeWithSeconds, shortDay } from "@metrica/ui/format/time.ts";
import { Link } from "@tanstack/react-router";
import { changesOf } from "./changes.ts";
import type { AuditSearch } from "./search.ts";

/** The audit spans all stores, so its times are those of the one who reads it. */
export const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

const link = "rounded hover:text-accent-strong hover:underline underline-offset-2";

interface AuditItemProps {
  entry: AuditEntry;
  search: AuditSearch;
  storeNames: ReadonlyMap<string, string>;
}

/** One action: when, what, by whom, where, and what it changed. */
export function AuditItem({ entry, search, storeNames }: AuditItemProps) {
  const { action, actor_id, actor_email } = entry;
  return (
    <article
      className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-[10rem_13rem_1fr]"
      data-testid="audit-entry"
    >
      <time className="text-[13px] text-ink-faint tabular-nums" dateTime={entry.at}>
        {shortDay(entry.at, here)}, {clockTimeWithSeconds(entry.at, here)}
      </time>
      <div className="min-w-0">
        <p className="font-medium text-sm">
          <Link className={link} search={{ ...search, action }} title="Only this action" to="/audit">
            {action}
          </Link>
        </p>
        <p className="truncate text-[13px] text-ink-faint">
          {actor_id === null ? (
            (actor_email ?? "the system")
          ) : (
            <Link
              className={link}
              search={{ ...search, actor: actor_id }}
              title={actor_email ?? actor_id}
              to="/audit"
            >
              {actor_email ?? actor_id}
            </Link>
          )}
        </p>
      </div>
      <div className="min-w-0 text-[13px] text-ink-soft">
        <Place entry={entry} search={search} storeNames={storeNames} />
        <ul className="flex flex-wrap gap-x-4">
          {changesOf(entry.before, entry.after).map(({ name, before, after }) => (
            <li className="min-w-0 break-words" key={name}>
              <span className="text-ink-faint">{name}</span>{" "}
              {before === undefined ? after : `${before} → ${after ?? "removed"}`}
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}

/** Which store, and which of its cameras, it was about. */
function Place({ entry, search, storeNames }: AuditItemProps) {
  const { store_id, subject_type } = entry;
  if (store_id === null) return null;
  const cameraId = cameraOf(entry);
  return (
    <p className="mb-0.5 flex flex-wrap gap-x-2">
      <Link className={link} search={{ ...search, store: store_id }} title="Only this store" to="/audit">
        {storeNames.get(store_id) ?? "A store"}
      </Link>
      {cameraId !== undefined && (
        <Link className={`${link} text-accent`} params={{ cameraId }} to="/cameras/$cameraId">
          to the camera
        </Link>
      )}
      {subject_type === "store" && (
        <Link className={`${link} text-accent`} params={{ storeId: store_id }} to="/stores/$storeId">
          to the store
        </Link>
      )}
    </p>
  );
}

/** The camera that an entry is about, itself or through what belongs to it. */
function cameraOf({ subject_type, subject_id, after }: AuditEntry): string | undefined {
  if (subject_type === "camera") return subject_id ?? undefined;
  return typeof after?.camera_id === "string" ? after.camera_id : undefined;
}
