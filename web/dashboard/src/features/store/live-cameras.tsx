import type { Live, LiveCamera } from "@metrica/client/owner.ts";
import { cn } from "@metrica/ui/cn.ts";
import { formatAgo } from "@metrica/ui/format/duration.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { countedByFormerCameras } from "./former-cameras.ts";

const originWords: Record<LiveCamera["origin"], string | null> = {
  camera: null,
  generated: "generated history",
  simulated: "simulated crossings",
};

/** The cameras behind the numbers: what each counted today, and whether it reports. */
export function LiveCameras({ live }: { live: Live }) {
  if (live.cameras.length === 0) {
    return (
      <p className="text-ink-soft text-sm">
        No camera has been set up for this store. Your Metrica contact adds it.
      </p>
    );
  }
  const rest = countedByFormerCameras(live);
  return (
    <table className="w-full text-sm tabular-nums" data-testid="live-cameras">
      <caption className="sr-only">Cameras, with what each counted today</caption>
      <thead className="text-ink-faint text-xs">
        <tr className="*:pb-1.5 *:font-normal">
          <th className="text-left" scope="col">
            Camera
          </th>
          <th className="w-14 text-right" scope="col">
            In
          </th>
          <th className="w-14 text-right" scope="col">
            Out
          </th>
        </tr>
      </thead>
      <tbody>
        {live.cameras.map((camera) => (
          <CameraRow camera={camera} key={camera.camera_id} now={Date.parse(live.now)} />
        ))}
        {(rest.in > 0 || rest.out > 0) && (
          <tr className="border-line border-t text-ink-soft *:py-2" data-testid="former-cameras">
            <th className="text-left font-normal" scope="row">
              Cameras no longer counting
            </th>
            <td className="text-right">{formatCount(rest.in)}</td>
            <td className="text-right">{formatCount(rest.out)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function CameraRow({ camera, now }: { camera: LiveCamera; now: number }) {
  const origin = originWords[camera.origin];
  return (
    <tr className="border-line border-t *:py-2">
      <th className="text-left font-normal" scope="row">
        <span className="flex items-baseline gap-2">
          <span
            aria-hidden="true"
            className={cn(
              "size-1.5 shrink-0 -translate-y-0.5 rounded-full",
              camera.status === "online" ? "bg-positive" : "bg-line-strong",
            )}
          />
          <span>
            {camera.name}
            <span className="ml-2 text-ink-faint text-xs">
              {[statusWords(camera, now), origin, camera.is_counting_line ? null : "not counted"]
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

function statusWords({ status, last_seen_at }: LiveCamera, now: number): string {
  if (status === "online") return "online";
  if (status === "never_seen") return "never seen";
  return `offline, last seen ${formatAgo(last_seen_at, now)}`;
}
