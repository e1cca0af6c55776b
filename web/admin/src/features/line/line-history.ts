import type { Line } from "./geometry.ts";

/** The versions of a line that is being edited. `present` is null while nothing was changed. */
export interface LineHistory {
  past: readonly (Line | null)[];
  present: Line | null;
  future: readonly (Line | null)[];
}

export const unchanged: LineHistory = { past: [], present: null, future: [] };

const maxSteps = 100;

/** Adds a step. The steps that were undone cannot be redone any more. */
export function addStep({ past, present }: LineHistory, line: Line): LineHistory {
  return { past: [...past, present].slice(-maxSteps), present: line, future: [] };
}

/** Replaces the line of the last step, as each movement of a drag does. */
export function replaceStep(history: LineHistory, line: Line): LineHistory {
  return { ...history, present: line };
}

export function undo(history: LineHistory): LineHistory {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1) ?? null, future: [present, ...future] };
}

export function redo(history: LineHistory): LineHistory {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0] ?? null, future: future.slice(1) };
}
