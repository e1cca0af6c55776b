import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { formatCount } from "@metrica/ui/format/number.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { Undo2 } from "lucide-react";
import { countTaps, type Direction, isTooLong, type Tally } from "./tally.ts";

interface RunningTallyProps {
  tally: Tally;
  onChange: (tally: Tally | null) => void;
}

const directions: readonly Direction[] = ["IN", "OUT"];

/** Two large buttons that count people, for a thumb each. */
export function RunningTally({ tally, onChange }: RunningTallyProps) {
  const now = useNow(1000);
  const lastDirection = tally.taps.at(-1)?.[1];
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-muted-foreground text-sm tabular-nums" data-testid="tally-time" role="timer">
        {formatElapsed(now - tally.start)}
      </p>
      <div className="grid grid-cols-2 gap-3">
        {directions.map((direction) => (
          <TapButton
            count={countTaps(tally, direction)}
            direction={direction}
            key={direction}
            onTap={() => onChange({ ...tally, taps: [...tally.taps, [Date.now(), direction]] })}
          />
        ))}
      </div>
      {isTooLong(tally, now) && (
        <Alert variant="warning">
          <AlertDescription>
            <Trans>
              This count runs for more than a day, so it cannot be saved. Discard it and start again.
            </Trans>
          </AlertDescription>
        </Alert>
      )}
      <div className="flex flex-wrap justify-between gap-3">
        <Button
          data-testid="tally-undo"
          disabled={lastDirection === undefined}
          onClick={() => onChange({ ...tally, taps: tally.taps.slice(0, -1) })}
          type="button"
          variant="outline"
        >
          <Undo2 /> {lastDirection === undefined ? t`Undo` : t`Undo ${lastDirection}`}
        </Button>
        {isTooLong(tally, now) ? (
          <Button data-testid="tally-discard" onClick={() => onChange(null)} type="button" variant="outline">
            <Trans>Discard</Trans>
          </Button>
        ) : (
          <Button
            data-testid="tally-finish"
            onClick={() => onChange({ ...tally, end: Date.now() })}
            type="button"
          >
            <Trans>Finish</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}

function TapButton({ direction, count, onTap }: { direction: Direction; count: number; onTap: () => void }) {
  return (
    <button
      className="grid h-[45dvh] max-h-96 min-h-40 touch-manipulation select-none place-content-center gap-1 rounded-2xl border border-border bg-card text-center active:bg-accent"
      data-testid={`tally-${direction}`}
      onClick={onTap}
      type="button"
    >
      <span className="font-semibold text-2xl">{direction}</span>
      <span className="font-semibold text-5xl tabular-nums">{formatCount(count)}</span>
    </button>
  );
}

/** `07:05`, from an hour on `1:07:05`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = [minutes, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return hours === 0 ? rest : `${hours}:${rest}`;
}
