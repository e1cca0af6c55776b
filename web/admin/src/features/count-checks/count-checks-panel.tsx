import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera, CountCheck } from "@metrica/client/admin.ts";
import { Button, buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useServices } from "#shared/services.ts";
import { countChecksQuery } from "./api/count-checks.ts";
import { AssessmentSummary } from "./assessment-summary.tsx";
import { formatDifference, formatWindow } from "./format.ts";
import { describeUse } from "./words.ts";

const CountCheckDialog = lazyDialog(() =>
  import("./count-check-dialog.tsx").then((module) => module.CountCheckDialog),
);

interface CountChecksPanelProps {
  camera: Camera;
  timezone: string;
}

/** The manual counts of a camera, compared with its own counts. */
export function CountChecksPanel({ camera, timezone }: CountChecksPanelProps) {
  const { admin } = useServices();
  const checks = useQuery(countChecksQuery(admin, camera.camera_id));
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      aside={
        <div className="flex flex-wrap justify-end gap-2">
          {camera.archived_at === null && (
            <Link
              className={buttonVariants({ size: "sm" })}
              data-testid="count-people"
              params={{ cameraId: camera.camera_id }}
              to="/cameras/$cameraId/count"
            >
              <Trans>Count people</Trans>
            </Link>
          )}
          <Button
            type="button"
            variant="outline"
            data-testid="add-count-check"
            onClick={() => setAdding(true)}
            size="sm"
          >
            <Trans>Add count check</Trans>
          </Button>
          {checks.data !== undefined && checks.data.assessment.checks > 0 && (
            <Link
              className={buttonVariants({ variant: "outline", size: "sm" })}
              data-testid="certificate-link"
              params={{ cameraId: camera.camera_id }}
              to="/cameras/$cameraId/certificate"
            >
              <Trans>Certificate</Trans>
            </Link>
          )}
        </div>
      }
      description={t`Manual counts compared with the counts of this camera`}
      title={t`Count checks`}
    >
      <LoadingPanel
        empty={
          <p className="text-muted-foreground text-sm">
            <Trans>
              No count checks yet. Count the people at the door for a while and compare, to verify the
              position of the line. About 150 people of each direction, all counted right, make a certificate.
            </Trans>
          </p>
        }
        isEmpty={(data) => data.count_checks.length === 0}
        query={checks}
      >
        {(data) => (
          <>
            <AssessmentSummary assessment={data.assessment} />
            <CountCheckTable checks={data.count_checks} timezone={timezone} />
          </>
        )}
      </LoadingPanel>
      {adding && (
        <CountCheckDialog
          cameraId={camera.camera_id}
          deliveredUntil={camera.delivered_until}
          onClose={() => setAdding(false)}
          timezone={timezone}
        />
      )}
    </Panel>
  );
}

function CountCheckTable({ checks, timezone }: { checks: readonly CountCheck[]; timezone: string }) {
  return (
    <HorizontalScroll label={t`Table of count checks`}>
      <table className="w-full min-w-2xl text-right text-sm tabular-nums" data-testid="count-checks">
        <caption className="sr-only">{t`Manual counts and counts of the camera, newest first`}</caption>
        <thead className="text-muted-foreground text-xs">
          <tr className="*:px-2 *:font-normal">
            <td />
            <th className="border-border border-b pb-1 text-center" colSpan={3} scope="colgroup">
              {t`IN`}
            </th>
            <th className="border-border border-b pb-1 text-center" colSpan={3} scope="colgroup">
              {t`OUT`}
            </th>
            <td colSpan={2} />
          </tr>
          <tr className="border-border border-b *:px-2 *:py-1.5 *:font-normal">
            <th className="pl-0! text-left" scope="col">
              {t({ message: "Window", context: "of time" })}
            </th>
            <DirectionHeads />
            <DirectionHeads />
            <th scope="col">{t`Accuracy`}</th>
            <th className="pl-6! text-left" scope="col">
              <Trans>Note</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr
              className="border-border border-b last:border-0 *:px-2 *:py-2"
              data-testid="count-check"
              key={check.count_check_id}
            >
              <th className="whitespace-nowrap pl-0! text-left font-normal" scope="row">
                {formatWindow(check, timezone)}
              </th>
              <DirectionCells counted={check.counted_in} manual={check.manual_in} />
              <DirectionCells counted={check.counted_out} manual={check.manual_out} />
              <td>{formatShare(check.accuracy)}</td>
              <td className="max-w-64 pl-6! text-left text-muted-foreground">
                {[check.note, describeUse(check)].filter(Boolean).join(" ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </HorizontalScroll>
  );
}

function DirectionHeads() {
  return (
    <>
      <th scope="col">{t({ message: "Manual", context: "a count" })}</th>
      <th scope="col">{t`Camera`}</th>
      <th scope="col">{t`Difference`}</th>
    </>
  );
}

function DirectionCells({ manual, counted }: { manual: number; counted: number }) {
  return (
    <>
      <td>{formatCount(manual)}</td>
      <td>{formatCount(counted)}</td>
      <td className={counted === manual ? "text-muted-foreground" : "font-medium"}>
        {formatDifference(counted, manual)}
      </td>
    </>
  );
}
