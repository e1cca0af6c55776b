import { t } from "@lingui/core/macro";
import type { ReportPeriod } from "@metrica/client/owner.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Field, FieldDescription, FieldLabel } from "@metrica/ui/components/ui/field.tsx";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { type PlainDate, parsePlainDate } from "#features/store/calendar.ts";
import { useServices } from "#shared/services.ts";
import { previewQuery } from "./api/get-preview.ts";
import { ReportFrame } from "./report-frame.tsx";
import { reportName } from "./report-names.ts";

interface ReportPreviewProps {
  storeId: string;
  period: ReportPeriod;
  date: PlainDate | undefined;
  onDate: (date: PlainDate | undefined) => void;
  onClose: () => void;
}

/** A report as it arrives by email. */
export function ReportPreview({ storeId, period, date, onDate, onClose }: ReportPreviewProps) {
  const { owner } = useServices();
  const preview = useQuery(previewQuery(owner, storeId, period, date));
  const id = useId();
  const name = reportName(period);
  return (
    <Panel
      aside={
        <Button onClick={onClose} size="sm" type="button" variant="outline">{t`Close the preview`}</Button>
      }
      title={t`Preview: ${name}`}
    >
      <div className="grid grid-cols-1 gap-5">
        <Field className="max-w-72">
          <FieldLabel htmlFor={id}>{t`A day of the period`}</FieldLabel>
          <Input
            aria-describedby={`${id}-note`}
            data-testid="preview-date"
            id={id}
            onChange={({ target }) => onDate(parsePlainDate(target.value))}
            type="date"
            value={date ?? ""}
          />
          <FieldDescription
            id={`${id}-note`}
          >{t`Without a day: the last report that was due.`}</FieldDescription>
        </Field>
        <LoadingPanel query={preview} skeleton={<Skeleton className="h-120" />}>
          {({ subject, html }) => (
            <div className="grid grid-cols-1 gap-3">
              <p className="text-sm" data-testid="report-subject">
                <span className="text-muted-foreground">{t`Subject:`} </span>
                {subject}
              </p>
              <ReportFrame html={html} title={subject} />
            </div>
          )}
        </LoadingPanel>
      </div>
    </Panel>
  );
}
