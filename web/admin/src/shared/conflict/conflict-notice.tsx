import { t } from "@lingui/core/macro";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { useId } from "react";
import type { Conflict, FieldMerge } from "./conflict.ts";

const browserTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `anna@example.com changed this on 26 Nov, 10:32.` */
export function describeAuthor({ changedBy, changedAt }: Omit<Conflict<unknown>, "current">): string {
  const who = changedBy ?? t`Somebody else`;
  if (changedAt === null) return t`${who} changed this, after you opened it.`;
  const when = formatDateTime(changedAt, browserTimeZone);
  return t`${who} changed this on ${when}, after you opened it.`;
}

interface ConflictNoticeProps {
  conflict: Conflict<unknown>;
  fields: readonly FieldMerge[];
  /** The chosen value of each field that both changed. */
  choices: Readonly<Record<string, Choice>>;
  onChoose: (name: string, choice: Choice) => void;
}

export type Choice = "mine" | "theirs";

/** Says what somebody else has changed while the form was open. Where both changed a field, one of the two values is chosen. */
export function ConflictNotice({ conflict, fields, choices, onChoose }: ConflictNoticeProps) {
  return (
    <Alert data-testid="conflict" variant="warning">
      <AlertDescription className="grid gap-2">
        <p>
          {describeAuthor(conflict)} {t`Nothing is saved yet. Check the values, then save again.`}
        </p>
        <ul className="grid gap-2">
          {fields.map((field) => (
            <li key={field.label}>
              {field.mine === null || field.name === null ? (
                <span>
                  {field.label}: {field.before} → {field.theirs}
                </span>
              ) : (
                <ChoiceOfValues
                  choice={choices[field.name]}
                  field={field}
                  onChoose={(choice) => field.name !== null && onChoose(field.name, choice)}
                />
              )}
            </li>
          ))}
        </ul>
      </AlertDescription>
    </Alert>
  );
}

interface ChoiceOfValuesProps {
  field: FieldMerge;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}

function ChoiceOfValues({ field, choice, onChoose }: ChoiceOfValuesProps) {
  const name = useId();
  const { label: fieldLabel, before, theirs } = field;
  const mine = field.mine ?? "";
  const options: [Choice, string][] = [
    ["mine", t`${mine} (yours)`],
    ["theirs", t`${theirs} (theirs)`],
  ];
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
      <legend className="mb-1">{t`${fieldLabel}: both of you changed it. It was ${before}.`}</legend>
      {options.map(([value, label]) => (
        <label className="flex min-h-6 items-center gap-1.5" key={value}>
          <input
            checked={choice === value}
            className="size-4"
            data-testid={`conflict-${field.name}-${value}`}
            name={name}
            onChange={() => onChoose(value)}
            type="radio"
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
