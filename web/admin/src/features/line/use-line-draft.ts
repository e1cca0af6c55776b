import type { Camera } from "@metrica/client/admin.ts";
import { useState } from "react";
import { type Conflict, readConflict } from "#shared/conflict/conflict.ts";
import { useServices } from "#shared/services.ts";
import { useSetLine } from "./api/set-line.ts";
import { type Line, toLine } from "./geometry.ts";
import { addStep, redo, replaceStep, unchanged, undo } from "./line-history.ts";

/**
 * The line of a camera while it is edited. The page refetches the camera; the draft stays based on the state in which it began. When
 * somebody else has changed other settings meanwhile, the line is saved all the same. When they changed the line, one is chosen.
 */
export function useLineDraft(camera: Camera) {
  const { admin } = useServices();
  const setLine = useSetLine(admin, camera.camera_id);
  const [history, setHistory] = useState(unchanged);
  const [draftBase, setDraftBase] = useState<Camera | null>(null);
  const [conflict, setConflict] = useState<Conflict<Camera> | null>(null);
  const base = draftBase ?? camera;
  const stored = toLine(base.line);
  const line = history.present ?? stored;

  function reset() {
    setHistory(unchanged);
    setDraftBase(null);
    setConflict(null);
    setLine.reset();
  }

  function send(etag: string) {
    setLine.mutate(
      { line, etag },
      {
        onSuccess: reset,
        onError: (error) => {
          const found = readConflict<Camera>(error);
          if (found === null) return;
          if (isSameLine(toLine(found.current.line), stored)) return send(found.current.etag);
          setConflict(found);
        },
      },
    );
  }

  return {
    line,
    /** The camera in the state in which the draft began. */
    base,
    changed: history.present !== null && !isSameLine(history.present, stored),
    conflict,
    isSaving: setLine.isPending,
    /** The error of the last attempt; null for a conflict, which has its own notice. */
    error: readConflict(setLine.error) === null ? setLine.error : null,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,

    change(next: Line, isNewStep: boolean) {
      if (draftBase === null) setDraftBase(camera);
      setHistory((steps) => (isNewStep ? addStep(steps, next) : replaceStep(steps, next)));
    },
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    discard: reset,
    save: () => send(base.etag),
    keepMine() {
      if (conflict === null) return;
      setDraftBase(conflict.current);
      setConflict(null);
      send(conflict.current.etag);
    },
    useTheirs: reset,
  };
}

function isSameLine(one: Line, other: Line): boolean {
  return one.every((value, index) => value === other[index]);
}
