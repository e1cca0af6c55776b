import { useState } from "react";
import { type Conflict, type FieldMerge, type MergeField, mergeFields, readConflict } from "./conflict.ts";
import type { Choice } from "./conflict-notice.tsx";

interface MergeOptions<Resource> {
  /** The resource when the form opened. Later versions of it are ignored: the form shows this one. */
  resource: Resource;
  fields: readonly MergeField<Resource>[];
  /** The resource as the form would make it now. */
  read: () => Resource;
  /** Sets a field of the form to its value in a resource. */
  write: (name: string, resource: Resource) => void;
}

/**
 * The state of a form about a resource that somebody else can change meanwhile. After a 412 the fields that only the other has
 * changed get the new values, and one of two values is chosen for the others. The next attempt is based on the present resource.
 */
export function useMerge<Resource extends { etag: string }>({
  resource,
  fields,
  read,
  write,
}: MergeOptions<Resource>) {
  const [base, setBase] = useState(resource);
  const [conflict, setConflict] = useState<Conflict<Resource> | null>(null);
  const [merged, setMerged] = useState<FieldMerge[]>([]);
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [mine, setMine] = useState<Resource | null>(null);
  const open = merged.filter(
    ({ name, mine }) => mine !== null && name !== null && choices[name] === undefined,
  );

  return {
    /** The `If-Match` of the next attempt. */
    etag: base.etag,
    conflict,
    merged,
    choices,
    /** Whether a value must be chosen before the next attempt. */
    mustChoose: open.length > 0,

    /** Merges after a 412. Returns whether the error was one. */
    take(error: Error): boolean {
      const found = readConflict<Resource>(error);
      if (found === null) return false;
      const entered = read();
      const changes = mergeFields(fields, { base, current: found.current, mine: entered });
      for (const { name, mine, theirs, before } of changes)
        if (name !== null && mine === null && theirs !== before) write(name, found.current);
      setBase(found.current);
      setConflict(found);
      setMerged(changes);
      setChoices({});
      setMine(entered);
      return true;
    },

    choose(name: string, choice: Choice) {
      if (conflict === null || mine === null) return;
      write(name, choice === "mine" ? mine : conflict.current);
      setChoices((chosen) => ({ ...chosen, [name]: choice }));
    },
  };
}

/** What `useMerge` returns, whatever the resource is. */
export type Merge = ReturnType<typeof useMerge<{ etag: string }>>;
