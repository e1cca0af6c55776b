import { currentLocale } from "../language/language.ts";

/** The text for an unknown number. Unknown is not zero. */
export const unknownValue = "–";

const formats = new Map<string, Intl.NumberFormat>();

/** Returns the format of the current language with at most so many decimals. */
function format(style: "decimal" | "percent", maximumFractionDigits: 0 | 1): Intl.NumberFormat {
  const locale = currentLocale();
  const key = `${locale} ${style} ${maximumFractionDigits}`;
  let cached = formats.get(key);
  if (cached === undefined) {
    cached = new Intl.NumberFormat(locale, { style, maximumFractionDigits });
    formats.set(key, cached);
  }
  return cached;
}

/** Returns a whole number with thousands separators: `13,154`. */
export function formatCount(value: number | null | undefined): string {
  return value == null ? unknownValue : format("decimal", 0).format(value);
}

/** Returns an average with one decimal below 100 and none above: `22.4`, `1,235`. */
export function formatAverage(value: number | null | undefined): string {
  return value == null ? unknownValue : format("decimal", Math.abs(value) < 99.95 ? 1 : 0).format(value);
}

/** Returns a setting as it was given, to a thousandth: `7.5`, `12.25`. */
export function formatSetting(value: number): string {
  return value.toLocaleString(currentLocale(), { maximumFractionDigits: 3 });
}

/** Returns a measurement with a fixed number of decimals: `8.0`, `1.25`. */
export function formatDecimal(value: number, decimals = 1): string {
  return value.toLocaleString(currentLocale(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** Returns a relative change in per cent with its sign: 0.12 is `+12%`. */
export function formatChange(change: number | null | undefined): string {
  if (change == null) return unknownValue;
  const share = Math.abs(change);
  const percent = format("percent", share >= 0.0995 ? 0 : 1).format(share);
  if (percent === format("percent", 0).format(0)) return `±${percent}`;
  return `${change > 0 ? "+" : "−"}${percent}`;
}

/** Returns a share in per cent: 0.62 is `62%`. */
export function formatShare(share: number | null | undefined): string {
  return share == null ? unknownValue : format("percent", 0).format(share);
}
