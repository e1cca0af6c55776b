import type { ReactNode } from "react";

interface DescriptionListProps {
  entries: readonly (readonly [name: string, value: ReactNode])[];
}

/** A list of names and values in columns. */
export function DescriptionList({ entries }: DescriptionListProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-4">
      {entries.map(([name, value]) => (
        <div className="min-w-0" key={name}>
          <dt className="text-[13px] text-muted-foreground">{name}</dt>
          <dd className="mt-0.5 font-medium text-sm tabular-nums">
            {typeof value === "string" ? breakAfterSlashes(value) : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `America/Anchorage` breaks between its words in a narrow column, where a browser would break inside of the second one. */
function breakAfterSlashes(text: string): ReactNode {
  const [first, ...others] = text.split("/");
  return others.reduce<ReactNode>(
    (before, part) => (
      <>
        {before}/<wbr />
        {part}
      </>
    ),
    first,
  );
}

/** An id in full, to copy it into a command. */
export function IdLine({ name, id }: { name: string; id: string }) {
  return (
    <p className="mt-5 text-[13px] text-muted-foreground">
      {name} <code className="ml-1 select-all break-all text-foreground text-xs">{id}</code>
    </p>
  );
}
