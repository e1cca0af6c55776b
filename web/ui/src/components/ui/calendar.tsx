import { t } from "@lingui/core/macro";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ComponentProps, use } from "react";
import { DayPicker } from "react-day-picker";
import { currentLocale, useLanguage } from "../../language/language.ts";
import type { Language } from "../../language/languages.ts";
import { cn } from "../../lib/utils.ts";
import { buttonVariants } from "./button.tsx";

type DayPickerLocale = NonNullable<ComponentProps<typeof DayPicker>["locale"]>;

/** The words of the calendar in a language; undefined is English. They load with the first calendar, which suspends until then. */
const loadLocale: Record<Language, () => Promise<DayPickerLocale | undefined>> = {
  en: async () => undefined,
  de: async () => (await import("react-day-picker/locale/de")).de,
  es: async () => (await import("react-day-picker/locale/es")).es,
  fr: async () => (await import("react-day-picker/locale/fr")).fr,
  it: async () => (await import("react-day-picker/locale/it")).it,
};

const locales = new Map<Language, Promise<DayPickerLocale | undefined>>();

function localeOf(language: Language): Promise<DayPickerLocale | undefined> {
  const locale = locales.get(language) ?? loadLocale[language]();
  locales.set(language, locale);
  return locale;
}

/** Returns the name of a day. It contains the number on the button as it is shown, so that speech input finds it (WCAG 2.5.3). */
function describeDay(date: Date, { today, selected }: { today?: boolean; selected?: boolean }): string {
  const day = date.toLocaleDateString(currentLocale(), { dateStyle: "full" });
  if (today && selected) return t`Today, ${day}, selected`;
  if (today) return t`Today, ${day}`;
  return selected ? t`${day}, selected` : day;
}

/** A calendar of react-day-picker in which days are selected, in the language of the page. */
export function Calendar({ className, classNames, labels, ...props }: ComponentProps<typeof DayPicker>) {
  const locale = use(localeOf(useLanguage()));
  return (
    <DayPicker
      className={cn("w-fit", className)}
      classNames={{
        months: "relative",
        nav: "absolute inset-x-0 top-0 flex justify-between",
        button_previous: buttonVariants({ variant: "ghost", size: "icon" }),
        button_next: buttonVariants({ variant: "ghost", size: "icon" }),
        month: "grid gap-3",
        month_caption: "flex h-9 items-center justify-center font-medium text-sm",
        month_grid: "border-collapse",
        weekday: "h-8 w-9 font-normal text-muted-foreground text-xs",
        day: "p-0 text-center text-sm tabular-nums",
        day_button: "size-9 rounded-lg hover:bg-accent disabled:cursor-not-allowed",
        today: "font-semibold text-primary",
        outside: "text-muted-foreground",
        disabled: "text-muted-foreground opacity-50",
        hidden: "invisible",
        selected: "bg-accent text-accent-foreground",
        range_start: "rounded-l-lg *:bg-primary *:text-primary-foreground",
        range_end: "rounded-r-lg *:bg-primary *:text-primary-foreground",
        range_middle: "",
        ...classNames,
      }}
      components={{
        Chevron: ({ orientation }) => (orientation === "left" ? <ChevronLeft /> : <ChevronRight />),
      }}
      labels={{ labelDayButton: describeDay, ...labels }}
      {...(locale === undefined ? {} : { locale })}
      {...props}
    />
  );
}
