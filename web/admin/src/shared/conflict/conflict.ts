import { ApiProblem } from "@metrica/client/problem.ts";

/** What somebody else made of a resource while it was edited here. */
export interface Conflict<Resource> {
  /** The resource as it is now. */
  current: Resource;
  /** The email address of who changed it; null for a command. */
  changedBy: string | null;
  changedAt: string | null;
}

/** Returns the conflict that a response with the status 412 describes; null for another error. */
export function readConflict<Resource>(error: unknown): Conflict<Resource> | null {
  if (!(error instanceof ApiProblem) || error.slug !== "precondition_failed") return null;
  const { current, changed_by, changed_at } = error.members;
  return {
    current: current as Resource,
    changedBy: typeof changed_by === "string" ? changed_by : null,
    changedAt: typeof changed_at === "string" ? changed_at : null,
  };
}

/** A value of a resource, for a person. */
export interface MergeField<Resource> {
  /** The name of the field of the form; null if the form does not have it. */
  name: string | null;
  label: string;
  text: (resource: Resource) => string;
}

export interface FieldMerge {
  name: string | null;
  label: string;
  /** The value that the form is based on. */
  before: string;
  theirs: string;
  /** The value that was entered here; null unless this field was changed here too, to something else. */
  mine: string | null;
}

/**
 * Returns the fields that somebody else has changed. A field that was changed here too has both values: one of them must be chosen.
 *
 * @param base The resource that the form is based on.
 * @param current The resource as it is now.
 * @param mine The resource as the form would make it.
 */
export function mergeFields<Resource>(
  fields: readonly MergeField<Resource>[],
  { base, current, mine }: { base: Resource; current: Resource; mine: Resource },
): FieldMerge[] {
  return fields
    .map(({ name, label, text }) => {
      const [before, theirs, entered] = [text(base), text(current), text(mine)];
      const clashes = name !== null && entered !== before && entered !== theirs;
      return { name, label, before, theirs, mine: clashes ? entered : null };
    })
    .filter(({ before, theirs }) => before !== theirs);
}
