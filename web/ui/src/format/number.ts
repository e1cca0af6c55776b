const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** Shown wherever a number is not known. Never a zero: no data is not zero. */
export const unknown = "–";

export function formatCount(value: number | null | undefined): string {
  return value == null ? unknown : whole.format(value);
}

/** People, averaged over time: one decimal below a hundred, none above. */
export function formatAverage(value: number | null | undefined): string {
  if (value == null) return unknown;
  return (Math.abs(value) < 99.95 ? oneDecimal : whole).format(value);
}

/** A relative change (0.12 is twelve per cent more) with its sign; a real minus, so that the widths match. */
export function formatChange(change: number | null | undefined): string {
  if (change == null) return unknown;
  const percent = Math.abs(change) * 100;
  const digits = (percent >= 9.95 ? whole : oneDecimal).format(percent);
  if (digits === "0") return "±0%";
  return `${change > 0 ? "+" : "−"}${digits}%`;
}

export function formatShare(share: number | null | undefined): string {
  return share == null ? unknown : `${whole.format(share * 100)}%`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
