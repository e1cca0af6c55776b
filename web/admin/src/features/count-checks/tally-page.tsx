import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { cameraQuery } from "#features/cameras/api/get-camera.ts";
import { useServices } from "#shared/services.ts";
import { RunningTally } from "./running-tally.tsx";
import { SaveTally } from "./save-tally.tsx";
import { StartTally } from "./start-tally.tsx";
import { useTally } from "./use-tally.ts";

const route = getRouteApi("/_signed-in/cameras/$cameraId/count");

/** The page with which somebody at the door counts people by tapping, for a count check. */
export function TallyPage() {
  const { cameraId } = route.useParams();
  const { admin } = useServices();
  const camera = useQuery(cameraQuery(admin, cameraId));
  const name = camera.data?.name;
  useDocumentTitle(name === undefined ? t`Count people` : t`Count people at ${name}`);
  return (
    <LoadingPanel query={camera}>{(data) => <TallyOfCamera camera={data} key={cameraId} />}</LoadingPanel>
  );
}

function TallyOfCamera({ camera }: { camera: Camera }) {
  const [tally, setTally] = useTally(camera.camera_id);
  return (
    <div className="mx-auto grid max-w-xl grid-cols-1 gap-5">
      <header>
        <Link
          className="inline-flex items-center gap-1 rounded text-[13px] text-muted-foreground hover:text-foreground"
          params={{ cameraId: camera.camera_id }}
          to="/cameras/$cameraId"
        >
          <ChevronLeft /> {camera.name}
        </Link>
        <h1 className="mt-0.5 font-semibold text-2xl tracking-tight">{t`Count people`}</h1>
      </header>
      {camera.archived_at !== null ? (
        <EmptyState title={t`This camera is archived`}>
          <Trans>It no longer counts.</Trans>
        </EmptyState>
      ) : tally === null ? (
        <StartTally camera={camera} onStart={() => setTally({ start: Date.now(), taps: [], end: null })} />
      ) : tally.end === null ? (
        <RunningTally onChange={setTally} tally={tally} />
      ) : (
        <SaveTally
          camera={camera}
          onContinue={() => setTally({ ...tally, end: null })}
          onDone={() => setTally(null)}
          tally={{ ...tally, end: tally.end }}
        />
      )}
    </div>
  );
}
