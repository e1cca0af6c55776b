import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { HealthCamera, HealthStore } from "@metrica/client/admin.ts";
import { Card } from "@metrica/ui/components/ui/card.tsx";
import { formatDuration, formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatDateTime, formatTimeZone } from "@metrica/ui/format/time.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { describeIncident } from "@metrica/ui/incidents/incident-words.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { describeOverdue } from "#features/count-checks/words.ts";
import { CameraStatusBadge, OriginBadge } from "#shared/camera-badges.tsx";
import { useServices } from "#shared/services.ts";
import { coverageQuery } from "./api/get-coverage.ts";
import { CoverageStrip } from "./coverage-strip.tsx";
import { formatMeasurements } from "./format-measurements.ts";
import { isOutdated } from "./versions.ts";

interface StoreHealthCardProps {
  store: HealthStore;
  checkedAt: string;
  /** Of the edge workers of all stores; null when none has reported. */
  newestVersion: string | null;
}

/** The cameras of a store with their status. Wide screens also show the backlog and the version. */
export function StoreHealthCard({ store, checkedAt, newestVersion }: StoreHealthCardProps) {
  const { name } = store;
  return (
    <Card data-testid="store-health">
      <header className="flex flex-wrap items-baseline justify-between gap-2 px-5 pt-4 pb-3">
        <h2 className="font-semibold tracking-tight">
          <Link
            className="rounded hover:text-accent-foreground"
            params={{ storeId: store.store_id }}
            to="/stores/$storeId"
          >
            {name}
          </Link>
        </h2>
        <p className="text-[13px] text-muted-foreground">{formatTimeZone(store.timezone)}</p>
      </header>
      {store.cameras.length === 0 ? (
        <p className="px-5 pb-5 text-muted-foreground text-sm">
          {t`No cameras yet.`}{" "}
          <Link
            className="text-primary underline underline-offset-2"
            params={{ storeId: store.store_id }}
            to="/stores/$storeId/setup"
          >
            <Trans>Continue the setup</Trans>
          </Link>
        </p>
      ) : (
        <HorizontalScroll label={t`Cameras of ${name}`}>
          <table className="w-full text-left text-sm tabular-nums sm:min-w-3xl sm:table-fixed">
            <caption className="sr-only">{t`Cameras of ${name}`}</caption>
            <thead className="text-muted-foreground text-xs">
              <tr className="border-border border-b *:px-5 *:pb-2 *:font-normal">
                <th className="sm:w-1/5" scope="col">
                  <Trans>Camera</Trans>
                </th>
                <th className="sm:w-1/5" scope="col">
                  <Trans>Status</Trans>
                </th>
                <th scope="col">{t({ message: "Last seen", context: "a camera" })}</th>
                <th className="w-40 text-right max-sm:hidden" scope="col">
                  <Trans>Backlog</Trans>
                </th>
                <th className="max-sm:hidden" scope="col">
                  <Trans>Data complete until</Trans>
                </th>
                <th className="max-sm:hidden" scope="col">
                  {t({ message: "Worker", context: "the program on the edge box" })}
                </th>
              </tr>
            </thead>
            <tbody>
              {store.cameras.map((camera) => (
                <Fragment key={camera.camera_id}>
                  <CameraRow camera={camera} now={Date.parse(checkedAt)} timezone={store.timezone} />
                  <CameraDetails camera={camera} newestVersion={newestVersion} timezone={store.timezone} />
                </Fragment>
              ))}
            </tbody>
          </table>
        </HorizontalScroll>
      )}
    </Card>
  );
}

/** What is wrong with a camera, what to do, and what its edge box measures. */
function CameraDetails({
  camera,
  newestVersion,
  timezone,
}: Pick<StoreHealthCardProps, "newestVersion"> & { camera: HealthCamera; timezone: string }) {
  const measurements = formatMeasurements(camera);
  const version = camera.worker_version;
  const outdated = isOutdated(version, newestVersion);
  const { admin } = useServices();
  const coverage = useQuery(coverageQuery(admin));
  const days = coverage.data?.cameras.find(({ camera_id }) => camera_id === camera.camera_id)?.days;
  const hasOpened =
    days?.some(({ open_minutes }) => open_minutes > 0) === true && camera.last_seen_at !== null;
  const overdue = camera.count_check?.is_overdue === true ? camera.count_check : null;
  if (camera.problems.length === 0 && measurements === "" && !outdated && !hasOpened && overdue === null)
    return null;
  return (
    <tr>
      <td className="px-5 pb-2.5" colSpan={6}>
        {camera.problems.length > 0 && (
          <ul className="grid gap-1" data-testid="camera-problems">
            {camera.problems.map((problem) => {
              const { detail, remedy } = describeIncident(problem, timezone, "administrator");
              return (
                <li data-problem={problem.type} key={problem.type}>
                  <span className="text-warning">{detail}</span>{" "}
                  <span className="text-muted-foreground">{remedy}</span>
                </li>
              );
            })}
          </ul>
        )}
        {version !== null && newestVersion !== null && outdated && (
          <p className="mt-1 text-muted-foreground text-xs" data-testid="outdated-worker">
            {t`Worker ${version} is outdated: others have ${newestVersion}. Update it on the edge box.`}
          </p>
        )}
        {overdue !== null && (
          <p className="mt-1 text-muted-foreground text-xs" data-testid="overdue-count-check">
            {describeOverdue(overdue)}{" "}
            <Link
              className="text-primary underline underline-offset-2"
              params={{ cameraId: camera.camera_id }}
              to="/cameras/$cameraId/count"
            >
              <Trans>Count people</Trans>
            </Link>
          </p>
        )}
        {measurements !== "" && (
          <p className="mt-1 text-muted-foreground text-xs" data-testid="camera-measurements">
            {measurements}
          </p>
        )}
        {hasOpened && <CoverageStrip days={days} />}
      </td>
    </tr>
  );
}

function CameraRow({ camera, now, timezone }: { camera: HealthCamera; now: number; timezone: string }) {
  const age = formatDuration(camera.oldest_unsent_s);
  return (
    <tr className="border-border border-t first:border-t-0 *:px-5 *:py-2.5" data-testid="camera-row">
      <th className="font-medium" scope="row">
        <Link
          className="rounded hover:text-accent-foreground"
          params={{ cameraId: camera.camera_id }}
          to="/cameras/$cameraId"
        >
          {camera.name}
        </Link>
        {!camera.is_counting_line && (
          <span className="ml-2 font-normal text-muted-foreground text-xs">{t`not counted in totals`}</span>
        )}
      </th>
      <td>
        <span className="flex flex-wrap gap-1.5">
          <CameraStatusBadge status={camera.status} />
          <OriginBadge origin={camera.origin} />
        </span>
      </td>
      <td>{formatRelativeTime(camera.last_seen_at, now)}</td>
      <td className="text-right max-sm:hidden">
        {formatCount(camera.backlog)}
        {camera.oldest_unsent_s !== null && camera.oldest_unsent_s > 0 && (
          <span className="block text-muted-foreground text-xs">
            {t({ message: `oldest ${age}`, context: "a crossing" })}
          </span>
        )}
      </td>
      <td className="max-sm:hidden">
        {camera.delivered_until === null ? "–" : formatDateTime(camera.delivered_until, timezone)}
      </td>
      <td className="text-muted-foreground max-sm:hidden">
        {[camera.worker_version, camera.model].filter(Boolean).join(" · ") || "–"}
      </td>
    </tr>
  );
}
