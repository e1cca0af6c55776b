import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ComponentProps } from "react";
import { DayPicker } from "react-day-picker";
import { cn } from "../../lib/utils.ts";
import { buttonVariants } from "./button.tsx";

/** A calendar of react-day-picker in which days are selected. */
export function Calendar({ className, classNames, ...props }: ComponentProps<typeof DayPicker>) {
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
      {...props}
    />
  );
}
