import { formatCount } from "@metrica/ui/format/number.ts";

/** Returns a count with its noun: `1 camera`, `2 cameras`. */
export function pluralize(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
