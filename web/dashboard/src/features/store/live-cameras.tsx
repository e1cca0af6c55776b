import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Live, LiveCamera } from "@metrica/client/owner.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { describeCamera } from "@metrica/ui/health.ts";
import { cn } from "@metrica/ui/lib/utils.ts";

function originLabel(origin: LiveCamera["origin"]): string | null {
  if (origin === "camera") return null;
  return origin === "generated" ? t`generated history` : t`simulated crossings`;
}

/** The cameras of a store with their status and their crossings of today. */
export function LiveCameras({ live }: { live: Live }) {
  if (live.cameras.length === 0) {
    return (
      <p className="text-muted-foreground text-sm">
        <Trans>This store has no cameras. Ask your administrator to add one.</Trans>
      </p>
    );
  }
  const formerCameras = formerCameraTotals(live);
  return (
    <table className="w-full text-sm tabular-nums" data-testid="live-cameras">
      <caption className="sr-only">{t`Cameras with their crossings of today`}</caption>
      <thead className="text-muted-foreground text-xs">
        <tr className="*:pb-1.5 *:font-normal">
          <th className="text-left" scope="col">
            {t`Camera`}
          </th>
          <th className="w-14 text-right" scope="col">
            {t({ message: "IN", context: "direction" })}
          </th>
          <th className="w-14 text-right" scope="col">
            {t({ message: "OUT", context: "direction" })}
          </th>
        </tr>
      </thead>
      <tbody>
        {live.cameras.map((camera) => (
          <CameraRow camera={camera} key={camera.camera_id} now={Date.parse(live.as_of)} />
        ))}
        {(formerCameras.in > 0 || formerCameras.out > 0) && (
          <tr className="border-border border-t text-muted-foreground *:py-2" data-testid="former-cameras">
            <th className="text-left font-normal" scope="row">
              {t`Cameras that were removed or switched off today`}
            </th>
            <td className="text-right">{formatCount(formerCameras.in)}</td>
            <td className="text-right">{formatCount(formerCameras.out)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/**
 * Returns the crossings that today's totals include beside those of the counting cameras: crossings of cameras that were removed
 * or stopped counting today. With them, the rows add up to the totals.
 */
export function formerCameraTotals({ cameras, former_cameras }: Pick<Live, "cameras" | "former_cameras">) {
  const stopped = cameras.filter((camera) => !camera.is_counting_line);
  return {
    in: stopped.reduce((total, camera) => total + camera.counted_in, former_cameras.counted_in),
    out: stopped.reduce((total, camera) => total + camera.counted_out, former_cameras.counted_out),
  };
}

function CameraRow({ camera, now }: { camera: LiveCamera; now: number }) {
  const origin = originLabel(camera.origin);
  return (
    <tr className="border-border border-t *:py-2">
      <th className="text-left font-normal" scope="row">
        <span className="flex items-baseline gap-2">
          <span
            aria-hidden="true"
            className={cn(
              "size-1.5 shrink-0 -translate-y-0.5 rounded-full",
              camera.status === "online" ? "bg-success" : "bg-input",
            )}
          />
          <span>
            {camera.name}
            <span className="ml-2 text-muted-foreground text-xs">
              {[formatStatus(camera, now), origin, camera.is_counting_line ? null : t`not counted in totals`]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
        </span>
      </th>
      <td className="text-right">{formatCount(camera.is_counting_line ? camera.counted_in : camera.in)}</td>
      <td className="text-right">{formatCount(camera.is_counting_line ? camera.counted_out : camera.out)}</td>
    </tr>
  );
}

function formatStatus({ status, last_seen_at }: LiveCamera, now: number): string {
  const { label } = describeCamera(status);
  if (status !== "offline") return label;
  const ago = formatRelativeTime(last_seen_at, now);
  return t`Offline, last seen ${ago}`;
}
