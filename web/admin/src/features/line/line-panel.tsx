import { Button } from "@metrica/ui/button.tsx";
import { Panel } from "@metrica/ui/card.tsx";
import { Icon } from "@metrica/ui/icon.tsx";
import { Notice } from "@metrica/ui/notice.tsx";
import { type ReactNode, useState } from "react";
import { faultWords } from "#shared/fault-words.ts";
import { useServices } from "#shared/services.ts";
import { isLongEnough, type Line, lineOf, lineWords, swapped, usualLine } from "./geometry.ts";
import { LineDrawing } from "./line-drawing.tsx";
import { useSetLine } from "./set-line.ts";
import { usePictureSize } from "./use-picture-size.ts";

interface LinePanelProps {
  cameraId: string;
  /** The line as stored; null is mid-height, left to right. */
  saved: readonly number[] | null;
  picture: string | null;
  controls: ReactNode;
}

/** Draws the counting line over the camera's picture. Nothing changes until it is saved. */
export function LinePanel({ cameraId, saved, picture, controls }: LinePanelProps) {
  const { admin } = useServices();
  const setLine = useSetLine(admin, cameraId);
  const [draft, setDraft] = useState<Line | null>(null);
  const { size, failed } = usePictureSize(picture);
  const stored = lineOf(saved);
  const line = draft ?? stored;
  const changed = draft?.some((value, index) => value !== stored[index]) ?? false;

  return (
    <Panel
      aside={controls}
      hint="Drag to draw it, or move its ends. People who cross towards the arrow come IN."
      title="Counting line"
    >
      <LineDrawing line={line} onChange={setDraft} picture={failed ? null : picture} size={size} />
      {failed && (
        <Notice className="mt-3" tone="caution">
          The picture could not be loaded. The line can be drawn without it.
        </Notice>
      )}
      {setLine.error !== null && (
        <Notice className="mt-3" tone="critical">
          {faultWords(setLine.error)}
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <p className="text-[13px] text-ink-soft tabular-nums" data-testid="line-words">
          {lineWords(line)}
          {saved === null && draft === null && " · not drawn yet, this is the usual one"}
          {changed && " · not saved"}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button data-testid="line-swap" onClick={() => setDraft(swapped(line))} size="small">
            <Icon name="swap" /> Swap IN and OUT
          </Button>
          <Button onClick={() => setDraft(usualLine)} size="small">
            Straight across
          </Button>
          <Button disabled={!changed} onClick={() => setDraft(null)} size="small">
            Undo
          </Button>
          <Button
            busy={setLine.isPending}
            data-testid="line-save"
            disabled={!isLongEnough(line) || (!changed && saved !== null)}
            look="primary"
            onClick={() => setLine.mutate(line, { onSuccess: () => setDraft(null) })}
            size="small"
          >
            Save the line
          </Button>
        </div>
      </div>
    </Panel>
  );
}
