/** Moments as a store's own clock shows them, whatever the clock of the one who looks. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${name}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
    formats.set(key, known);
  }
  return known;
}

/** `09:15` */
export function clockTime(moment: string, timeZone: string): string {
  return format(timeZone, "time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(moment),
  );
}

/** `09:15:02` */
export function clockTimeWithSeconds(moment: string, timeZone: string): string {
  return format(timeZone, "seconds", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(new Date(moment));
}

/** `Sun 22 Nov` */
export function shortDay(moment: string, timeZone: string): string {
  return format(timeZone, "day", { weekday: "short", day: "numeric", month: "short" })
    .format(new Date(moment))
    .replace(",", "");
}

/** `22 Nov, 09:15` */
export function dayAndTime(moment: string, timeZone: string): string {
  return `${format(timeZone, "date", { day: "numeric", month: "short" }).format(new Date(moment))}, ${clockTime(moment, timeZone)}`;
}

/** `17:00–18:00` for 17; hours are hours of the day, 0..23. */
export function hourSpan(hour: number): string {
  return `${hourName(hour)}–${hourName((hour + 1) % 24)}`;
}

export function hourName(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
