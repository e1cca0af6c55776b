import { t } from "@lingui/core/macro";
import { FieldDescription } from "@metrica/ui/components/ui/field.tsx";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { Label } from "@metrica/ui/components/ui/label.tsx";
import { useId, useState } from "react";
import type { Weekday } from "./week.ts";
import { parseWeekText } from "./week-text.ts";

/** The opening hours of the whole week in one line. What is understood is filled into the fields of the days. */
export function WeekField({ onWeek }: { onWeek: (week: Record<Weekday, string>) => void }) {
  const [text, setText] = useState("");
  const id = useId();
  const isUnderstood = parseWeekText(text) !== null;

  function change(next: string) {
    setText(next);
    const week = parseWeekText(next);
    if (week !== null) onWeek(week);
  }

  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id}>{t`Opening hours of the week`}</Label>
      <Input
        aria-describedby={`${id}-note`}
        autoComplete="off"
        data-testid="store-week-field"
        id={id}
        onChange={(event) => change(event.target.value)}
        placeholder={t`Mon-Fri 9-18, Sat 10-16`}
        value={text}
      />
      <FieldDescription id={`${id}-note`} role="status">
        {text.trim() === ""
          ? t`In one line. It fills in the days below, which you can change.`
          : isUnderstood
            ? t`Filled in below.`
            : t`Not understood yet. Write it as: Mon-Fri 9-18, Sat 10-16.`}
      </FieldDescription>
    </div>
  );
}
