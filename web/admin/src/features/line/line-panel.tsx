import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { ArrowLeftRight, Redo2, Undo2 } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { describeAuthor } from "#shared/conflict/conflict-notice.tsx";
import { UnsavedChanges } from "#shared/unsaved-changes.tsx";
import { describeCameraWarning } from "./camera-warnings.ts";
import { defaultLine, formatLine, isLongEnough, swapEnds, toLine } from "./geometry.ts";
import { LineEditor } from "./line-editor.tsx";
import { findLineWarnings } from "./line-warnings.ts";
import { useImageSize } from "./use-image-size.ts";
import { useLineDraft } from "./use-line-draft.ts";
import { useLineMeasurements } from "./use-line-measurements.ts";

interface LinePanelProps {
  camera: Camera;
  snapshotUrl: string | null;
  controls: ReactNode;
}

function instructions(): string {
  return t`Drag to draw a new line, or move its ends with the mouse, a finger or the arrow keys. People who cross in the direction of the arrow count as IN.`;
}

/** The editor of the counting line in a panel. Changes apply after saving. */
export function LinePanel({ controls, ...props }: LinePanelProps) {
  return (
    <Panel aside={controls} description={instructions()} title={t`Counting line`}>
      <LineCalibration {...props} />
    </Panel>
  );
}

/** The editor of the counting line with its instructions, for a page that has a title for it. */
export function LineWithInstructions({ controls, ...props }: LinePanelProps) {
  return (
    <div className="grid gap-4">
      <p className="text-sm">{instructions()}</p>
      {controls}
      <LineCalibration {...props} />
    </div>
  );
}

function LineCalibration({ camera, snapshotUrl }: Omit<LinePanelProps, "controls">) {
  const draft = useLineDraft(camera);
  const { line, changed, conflict, save } = draft;
  const { size, failed } = useImageSize(snapshotUrl);
  const measured = useLineMeasurements(camera);
  const warnings = [...camera.warnings.map(describeCameraWarning), ...findLineWarnings(line, size, measured)];
  const notes = [
    formatLine(line),
    camera.line === null && !changed && t`default line`,
    changed && t`not saved`,
    !isLongEnough(line) && t`too short: move the ends apart`,
  ]
    .filter((note) => note !== false)
    .join(" · ");

  function undoByKey(event: KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) draft.undo();
    else if (key === "y" || key === "z") draft.redo();
    else return;
    event.preventDefault();
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the controls inside */}
      <div onKeyDown={undoByKey}>
        <LineEditor
          imageUrl={failed ? null : snapshotUrl}
          line={line}
          onChange={draft.change}
          otherLine={conflict === null ? null : toLine(conflict.current.line)}
          size={size}
          trackEnds={measured.trackEnds}
        />
        {warnings.length > 0 && (
          <Alert className="mt-3" data-testid="line-warnings" variant="warning">
            <AlertDescription>
              <ul className="grid gap-1">
                {warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </AlertDescription>
          </Alert>
        )}
        {measured.trackEnds.length > 0 && (
          <p className="mt-3 text-[13px] text-muted-foreground">
            <Trans>Dots: where people were lost near the line in the last hour.</Trans>
          </p>
        )}
        {failed && (
          <Alert className="mt-3" variant="warning">
            <AlertDescription>
              <Trans>The snapshot could not be loaded. You can draw the line without it.</Trans>
            </AlertDescription>
          </Alert>
        )}
        {conflict !== null && (
          <Alert className="mt-3" data-testid="line-conflict" variant="warning">
            <AlertDescription className="grid gap-2">
              <p>
                {describeAuthor(conflict)} {describeLines(conflict.current, draft.base)}
              </p>
              <div className="flex flex-wrap gap-2">
                <Button onClick={draft.keepMine} size="sm" type="button" variant="outline">
                  <Trans>Save my line</Trans>
                </Button>
                <Button onClick={draft.useTheirs} size="sm" type="button" variant="outline">
                  <Trans>Use their line</Trans>
                </Button>
              </div>
            </AlertDescription>
          </Alert>
        )}
        {draft.error !== null && (
          <Alert className="mt-3" variant="destructive">
            <AlertDescription>{errorMessage(draft.error)}</AlertDescription>
          </Alert>
        )}
        <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
          <p className="text-[13px] text-muted-foreground tabular-nums" data-testid="line-coordinates">
            {notes}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              aria-label={t`Undo`}
              data-testid="line-undo"
              disabled={!draft.canUndo}
              onClick={draft.undo}
              size="sm"
              type="button"
              variant="outline"
            >
              <Undo2 />
            </Button>
            <Button
              aria-label={t`Redo`}
              data-testid="line-redo"
              disabled={!draft.canRedo}
              onClick={draft.redo}
              size="sm"
              type="button"
              variant="outline"
            >
              <Redo2 />
            </Button>
            <Button
              type="button"
              variant="outline"
              data-testid="line-swap"
              onClick={() => draft.change(swapEnds(line), true)}
              size="sm"
            >
              <ArrowLeftRight /> {t`Swap IN and OUT`}
            </Button>
            <Button type="button" variant="outline" onClick={() => draft.change(defaultLine, true)} size="sm">
              <Trans>Default line</Trans>
            </Button>
            <Button type="button" variant="outline" disabled={!changed} onClick={draft.discard} size="sm">
              <Trans>Discard changes</Trans>
            </Button>
            <Button
              type="button"
              data-testid="line-save"
              disabled={
                draft.isSaving ||
                conflict !== null ||
                !isLongEnough(line) ||
                (!changed && camera.line !== null)
              }
              onClick={save}
              size="sm"
            >
              <Trans>Save line</Trans>
            </Button>
          </div>
        </div>
      </div>
      <UnsavedChanges message={t`The changes of the counting line are not saved.`} unsaved={changed} />
    </>
  );
}

function describeLines(current: Camera, base: Camera): string {
  const theirs = formatLine(toLine(current.line));
  const before = formatLine(toLine(base.line));
  return t`Nothing is saved yet. The dashed line is theirs: ${theirs}. It was ${before}.`;
}
