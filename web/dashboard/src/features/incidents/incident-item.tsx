import { t } from "@lingui/core/macro";
import type { Incident } from "@metrica/client/owner.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { incidentTitle } from "@metrica/ui/incidents/incident-types.ts";
import { describeIncident } from "@metrica/ui/incidents/incident-words.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { lazy, Suspense, useId, useState } from "react";
import { useServices } from "#shared/services.ts";
import { useUpdateIncident } from "./api/incidents.ts";

const MuteDialog = lazy(() => import("./mute-dialog.tsx").then((module) => ({ default: module.MuteDialog })));
const ConsequencesDialog = lazy(() =>
  import("@metrica/ui/consequences-dialog.tsx").then((module) => ({ default: module.ConsequencesDialog })),
);

interface IncidentItemProps {
  incident: Incident;
  storeId: string;
  timezone: string;
}

/** An incident: what is wrong, what to check, and what a person can do with it. */
export function IncidentItem({ incident, storeId, timezone }: IncidentItemProps) {
  const { type, camera_name, closed_at } = incident;
  const { detail, remedy } = describeIncident(incident, timezone);
  const isOpen = closed_at === null;
  const id = useId();
  return (
    <li className="grid grid-cols-1 gap-3 py-5 first:pt-0 last:pb-0" data-testid="incident">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="font-medium" id={id}>
            {incidentTitle(type)}
          </h3>
          <p className="mt-0.5 text-[13px] text-muted-foreground tabular-nums">
            {camera_name} · {describeTimes(incident, timezone)}
          </p>
        </div>
        <IncidentBadges incident={incident} timezone={timezone} />
      </div>
      <p className="text-sm">{detail}</p>
      {isOpen && (
        <>
          <p className="rounded-lg bg-muted px-3 py-2.5 text-sm">
            <span className="font-medium">{t`What to check:`} </span>
            {remedy}
          </p>
          <IncidentActions incident={incident} storeId={storeId} timezone={timezone} titleId={id} />
        </>
      )}
    </li>
  );
}

/** Returns when the fault began, and when it ended or was closed. */
function describeTimes({ started_at, ended_at, closed_at }: Incident, timezone: string): string {
  const start = formatDateTime(started_at, timezone);
  if (ended_at !== null) {
    const end = formatDateTime(ended_at, timezone);
    return t`since ${start} · ended ${end}`;
  }
  if (closed_at !== null) {
    const close = formatDateTime(closed_at, timezone);
    return t`since ${start} · closed ${close}`;
  }
  return t`since ${start}`;
}

function describeMute(time: string): string {
  return t`Muted until ${time}`;
}

function IncidentBadges({ incident, timezone }: { incident: Incident; timezone: string }) {
  const now = useNow(60_000);
  const { severity, closed_at, acknowledged_at, muted_until } = incident;
  if (closed_at !== null) return <Badge variant="secondary">{t`Closed`}</Badge>;
  return (
    <div className="flex flex-wrap gap-2">
      {severity === "critical" ? (
        <Badge variant="destructive">{t`Critical`}</Badge>
      ) : (
        <Badge variant="warning">{t`Warning`}</Badge>
      )}
      {acknowledged_at !== null && <Badge>{t`Acknowledged`}</Badge>}
      {isMuted(muted_until, now) && (
        <Badge variant="secondary">{describeMute(formatDateTime(muted_until, timezone))}</Badge>
      )}
    </div>
  );
}

function isMuted(until: string | null, now: number): until is string {
  return until !== null && Date.parse(until) > now;
}

function IncidentActions({ incident, storeId, timezone, titleId }: IncidentItemProps & { titleId: string }) {
  const { owner } = useServices();
  const update = useUpdateIncident(owner, storeId, incident.incident_id);
  const close = useUpdateIncident(owner, storeId, incident.incident_id);
  const [open, setOpen] = useState<"mute" | "close" | null>(null);
  const now = useNow(60_000);
  const title = incidentTitle(incident.type);
  const isAcknowledged = incident.acknowledged_at !== null;
  const button = { type: "button", size: "sm", variant: "outline", "aria-describedby": titleId } as const;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button
          {...button}
          disabled={update.isPending}
          onClick={() => update.mutate({ acknowledged: !isAcknowledged })}
        >
          {isAcknowledged ? t`Undo acknowledgement` : t`Acknowledge`}
        </Button>
        {isMuted(incident.muted_until, now) ? (
          <Button
            {...button}
            disabled={update.isPending}
            onClick={() => update.mutate({ muted_until: null })}
          >{t`Notify again`}</Button>
        ) : (
          <Button {...button} onClick={() => setOpen("mute")}>{t`Mute`}</Button>
        )}
        <Button {...button} onClick={() => setOpen("close")}>{t`Close`}</Button>
      </div>
      {update.error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(update.error)}</AlertDescription>
        </Alert>
      )}
      <Suspense>
        {open === "mute" && (
          <MuteDialog
            incident={incident}
            onClose={() => setOpen(null)}
            storeId={storeId}
            timezone={timezone}
          />
        )}
        {open === "close" && (
          <ConsequencesDialog
            action={{ ...close, mutate: () => close.mutate({ closed: true }) }}
            consequences={[
              t`The incident is not reported any more.`,
              t`The same fault opens the next incident only after it was gone.`,
            ]}
            label={t`Close the incident`}
            onClose={() => setOpen(null)}
            open
            testId="close-incident"
            title={t`Close “${title}”?`}
            variant="default"
          />
        )}
      </Suspense>
    </>
  );
}
