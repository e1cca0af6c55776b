import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useServices } from "#shared/services.ts";
import { useSetLine } from "./api/set-line.ts";
import { defaultLine, formatLine, isLongEnough, type Line, swapEnds, toLine } from "./geometry.ts";
import { LineEditor } from "./line-editor.tsx";
import { useImageSize } from "./use-image-size.ts";

interface LinePanelProps {
  cameraId: string;
  /** The stored line; null is the default line. */
  saved: readonly number[] | null;
  snapshotUrl: string | null;
  controls: ReactNode;
}

/** The editor of the counting line. Changes apply after saving. */
export function LinePanel({ cameraId, saved, snapshotUrl, controls }: LinePanelProps) {
  const { admin } = useServices();
  const setLine = useSetLine(admin, cameraId);
  const [draft, setDraft] = useState<Line | null>(null);
  const { size, failed } = useImageSize(snapshotUrl);
  const stored = toLine(saved);
  const line = draft ?? stored;
  const changed = draft?.some((value, index) => value !== stored[index]) ?? false;

  return (
    <Panel
      aside={controls}
      description="Drag to draw a new line, or move its ends. People who cross in the direction of the arrow count as IN."
      title="Counting line"
    >
      <LineEditor line={line} onChange={setDraft} imageUrl={failed ? null : snapshotUrl} size={size} />
      {failed && (
        <Alert className="mt-3" variant="warning">
          <AlertDescription>
            The snapshot could not be loaded. You can draw the line without it.
          </AlertDescription>
        </Alert>
      )}
      {setLine.error !== null && (
        <Alert className="mt-3" variant="destructive">
          <AlertDescription>{errorMessage(setLine.error)}</AlertDescription>
        </Alert>
      )}
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <p className="text-[13px] text-muted-foreground tabular-nums" data-testid="line-coordinates">
          {formatLine(line)}
          {saved === null && draft === null && " · default line"}
          {changed && " · not saved"}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            type="button"
            variant="outline"
            data-testid="line-swap"
            onClick={() => setDraft(swapEnds(line))}
            size="sm"
          >
            <ArrowLeftRight /> Swap IN and OUT
          </Button>
          <Button type="button" variant="outline" onClick={() => setDraft(defaultLine)} size="sm">
            Default line
          </Button>
          <Button
            type="button"
            variant="outline"
            disabled={!changed}
            onClick={() => setDraft(null)}
            size="sm"
          >
            Discard changes
          </Button>
          <Button
            type="button"
            data-testid="line-save"
            disabled={setLine.isPending || !isLongEnough(line) || (!changed && saved !== null)}
            onClick={() => setLine.mutate(line, { onSuccess: () => setDraft(null) })}
            size="sm"
          >
            Save line
          </Button>
        </div>
      </div>
    </Panel>
  );
}
