const countryNames = new Intl.DisplayNames("en", { type: "region" });

/** `Germany` for `DE`. */
export function countryName(code: string): string {
  return countryNames.of(code) ?? code;
}
