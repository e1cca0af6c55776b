import { Card } from "@metrica/ui/card.tsx";
import { formatChange } from "@metrica/ui/format/number.ts";
import { Icon, type IconName } from "@metrica/ui/icon.tsx";
import type { ReactNode } from "react";

interface TileProps {
  name: string;
  icon: IconName;
  value: string;
  /** The value as the API sent it, for those who read the page by machine. */
  raw: number | null;
  /** Relative change against the baseline; undefined where a change makes no sense (an hour of the day). */
  change?: number | null;
  /** The baseline with its name: `412 on Sun 15 Nov`. */
  baseline: string | null;
  note: ReactNode;
  testId: string;
}

/** A number with its change and what it is compared with. */
export function Tile({ name, icon, value, raw, change, baseline, note, testId }: TileProps) {
  return (
    <Card className="grid content-start gap-1 p-4 sm:p-5" data-testid={testId} data-value={raw ?? ""}>
      <h3 className="flex items-center gap-2 text-[13px] text-ink-soft">
        <Icon className="text-accent" name={icon} />
        {name}
      </h3>
      <p
        className="mt-1 font-semibold text-[26px] leading-tight tracking-tight tabular-nums sm:text-3xl"
        data-testid={`${testId}-value`}
      >
        {value}
      </p>
      {baseline !== null && (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[13px] text-ink-soft tabular-nums">
          {change != null && <Change change={change} />}
          <span data-testid={`${testId}-baseline`}>{baseline}</span>
        </p>
      )}
      {note !== null && <p className="text-ink-faint text-xs">{note}</p>}
    </Card>
  );
}

function Change({ change }: { change: number }) {
  const direction = change > 0.0005 ? "▲" : change < -0.0005 ? "▼" : "";
  return (
    <span
      className="inline-flex items-center gap-1 rounded-md bg-sunken px-1.5 py-0.5 font-medium text-ink"
      data-testid="change"
    >
      {direction !== "" && (
        <span aria-hidden="true" className="text-[9px] text-accent">
          {direction}
        </span>
      )}
      {formatChange(change)}
    </span>
  );
}
