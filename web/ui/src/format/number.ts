const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** The text for an unknown number. Unknown is not zero. */
export const unknownValue = "–";

/** Returns a whole number with thousands separators: `13,154`. */
export function formatCount(value: number | null | undefined): string {
  return value == null ? unknownValue : whole.format(value);
}

/** Returns an average with one decimal below 100 and none above: `22.4`, `1,235`. */
export function formatAverage(value: number | null | undefined): string {
  if (value == null) return unknownValue;
  return (Math.abs(value) < 99.95 ? oneDecimal : whole).format(value);
}

/** Returns a relative change in per cent with its sign: 0.12 is `+12%`. */
export function formatChange(change: number | null | undefined): string {
  if (change == null) return unknownValue;
  const percent = Math.abs(change) * 100;
  const digits = (percent >= 9.95 ? whole : oneDecimal).format(percent);
  if (digits === "0") return "±0%";
  return `${change > 0 ? "+" : "−"}${digits}%`;
}

/** Returns a share in per cent: 0.62 is `62%`. */
export function formatShare(share: number | null | undefined): string {
  return share == null ? unknownValue : `${whole.format(share * 100)}%`;
}

/** Returns a count with its noun: `1 visitor`, `2 visitors`. */
export function pluralize(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
