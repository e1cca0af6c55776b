import type { Incident } from "@metrica/client/owner.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { lazy, Suspense, useId, useState } from "react";
import { incidentTitles } from "#shared/incident-types.ts";
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
  const { type, camera_name, detail, remedy, started_at, ended_at, closed_at } = incident;
  const isOpen = closed_at === null;
  const id = useId();
  return (
    <li className="grid grid-cols-1 gap-3 py-5 first:pt-0 last:pb-0" data-testid="incident">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="font-medium" id={id}>
            {incidentTitles[type]}
          </h3>
          <p className="mt-0.5 text-[13px] text-muted-foreground tabular-nums">
            {camera_name} · since {formatDateTime(started_at, timezone)}
            {ended_at !== null && <> · ended {formatDateTime(ended_at, timezone)}</>}
            {closed_at !== null && ended_at === null && <> · closed {formatDateTime(closed_at, timezone)}</>}
          </p>
        </div>
        <IncidentBadges incident={incident} timezone={timezone} />
      </div>
      <p className="text-sm">{detail}</p>
      {isOpen && (
        <>
          <p className="rounded-lg bg-muted px-3 py-2.5 text-sm">
            <span className="font-medium">What to check: </span>
            {remedy}
          </p>
          <IncidentActions incident={incident} storeId={storeId} timezone={timezone} titleId={id} />
        </>
      )}
    </li>
  );
}

function IncidentBadges({ incident, timezone }: { incident: Incident; timezone: string }) {
  const now = useNow(60_000);
  const { severity, closed_at, acknowledged_at, muted_until } = incident;
  if (closed_at !== null) return <Badge variant="secondary">Closed</Badge>;
  return (
    <div className="flex flex-wrap gap-2">
      {severity === "critical" ? (
        <Badge variant="destructive">Critical</Badge>
      ) : (
        <Badge variant="warning">Warning</Badge>
      )}
      {acknowledged_at !== null && <Badge>Acknowledged</Badge>}
      {isMuted(muted_until, now) && (
        <Badge variant="secondary">Muted until {formatDateTime(muted_until, timezone)}</Badge>
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
          {isAcknowledged ? "Undo acknowledgement" : "Acknowledge"}
        </Button>
        {isMuted(incident.muted_until, now) ? (
          <Button
            {...button}
            disabled={update.isPending}
            onClick={() => update.mutate({ muted_until: null })}
          >
            Notify again
          </Button>
        ) : (
          <Button {...button} onClick={() => setOpen("mute")}>
            Mute
          </Button>
        )}
        <Button {...button} onClick={() => setOpen("close")}>
          Close
        </Button>
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
              "The incident is not reported any more.",
              "The same fault opens the next incident only after it was gone.",
            ]}
            label="Close the incident"
            onClose={() => setOpen(null)}
            open
            testId="close-incident"
            title={`Close “${incidentTitles[incident.type]}”?`}
            variant="default"
          />
        )}
      </Suspense>
    </>
  );
}
