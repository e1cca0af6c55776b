/** How strongly a cell is coloured, 0..1: a little more than in proportion, so that quiet hours can be told apart. 0 when nothing came. */
export function heat(value: number, largest: number): number {
  if (largest <= 0 || value <= 0) return 0;
  return Math.min(value / largest, 1) ** 0.8;
}

/** The hours from the first to the last that any cell has, so that a shop's nights need no columns. */
export function hoursShown(cells: readonly { hour: number; visitors_per_hour: number }[]): number[] {
  const busy = cells.filter((cell) => cell.visitors_per_hour > 0).map((cell) => cell.hour);
  const hours = busy.length > 0 ? busy : cells.map((cell) => cell.hour);
  if (hours.length === 0) return [];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}
