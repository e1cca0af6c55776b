import { Fragment } from "react";

export interface KeyDescription {
  /** The names of the keys, as in `Shortcuts`. */
  keys: readonly string[];
  /** What they do. */
  meaning: string;
}

const symbols: Readonly<Record<string, string>> = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
};

/** Returns the keys as they are on a keyboard: `G S` for `g s`, and `⌘ K, Ctrl K` for `mod+k`. */
export function formatKeys(name: string): string {
  const [, key] = name.match(/^mod\+(.+)$/) ?? [];
  if (key !== undefined) return ["⌘", "Ctrl"].map((modifier) => `${modifier} ${formatKeys(key)}`).join(", ");
  return name
    .split(" ")
    .map((part) => symbols[part] ?? part.toUpperCase())
    .join(" ");
}

/** What the keys of an app do. */
export function KeyTable({ rows }: { rows: readonly KeyDescription[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
      {rows.map(({ keys, meaning }) => {
        const names = keys.map(formatKeys).join(" ");
        return (
          <Fragment key={names}>
            <dt className="font-medium">{names}</dt>
            <dd>{meaning}</dd>
          </Fragment>
        );
      })}
    </dl>
  );
}
