import type { ReactNode } from "react";

/** Names with what they stand for, in columns. */
export function Figures({ entries }: { entries: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-4">
      {entries.map(([name, value]) => (
        <div className="min-w-0" key={name}>
          <dt className="text-[13px] text-ink-faint">{name}</dt>
          <dd className="mt-0.5 break-words font-medium text-sm tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
