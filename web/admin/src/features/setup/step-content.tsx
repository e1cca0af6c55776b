import { Trans } from "@lingui/react/macro";
import type { Camera, Store } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { OwnersList } from "#features/access/owners-panel.tsx";
import { useSnapshotUrl } from "#features/cameras/api/snapshot.ts";
import { SnapshotControls } from "#features/cameras/snapshot-controls.tsx";
import { LineWithInstructions } from "#features/line/line-panel.tsx";
import { useServices } from "#shared/services.ts";
import { ConnectStep } from "./connect-step.tsx";
import { SnapshotStep } from "./snapshot-step.tsx";
import type { StepName } from "./steps.ts";
import { WalkStep } from "./walk-step.tsx";

const EditStoreDialog = lazyDialog(() =>
  import("#features/stores/store-dialogs.tsx").then((module) => module.EditStoreDialog),
);

const NewCameraForm = lazy(() =>
  import("#features/cameras/camera-form.tsx").then((module) => ({ default: module.NewCameraForm })),
);

interface StepContentProps {
  name: StepName;
  store: Store;
  /** Null in the steps that need none. */
  camera: Camera | null;
}

/** The content of a step of the setup. */
export function StepContent({ name, store, camera }: StepContentProps) {
  if (name === "details") return <DetailsStep store={store} />;
  if (name === "owner")
    return <OwnersList archived={false} storeId={store.store_id} timezone={store.timezone} />;
  if (camera === null)
    return (
      <Suspense fallback={<Skeleton className="h-64" />}>
        <NewCameraForm storeId={store.store_id} />
      </Suspense>
    );
  switch (name) {
    case "camera":
      return <CameraStep camera={camera} />;
    case "connect":
      return <ConnectStep camera={camera} key={camera.camera_id} />;
    case "snapshot":
      return <SnapshotStep camera={camera} timezone={store.timezone} />;
    case "line":
      return <LineStep camera={camera} key={camera.camera_id} timezone={store.timezone} />;
    case "walk":
      return <WalkStep camera={camera} timezone={store.timezone} />;
  }
}

function DetailsStep({ store }: { store: Store }) {
  const [editing, setEditing] = useState(false);
  return (
    <div className="grid justify-items-start gap-4">
      {store.opening_hours === null && (
        <Alert variant="default">
          <AlertDescription>
            <Trans>
              Without opening hours, a closed hour looks like a quiet one, and a camera that is off at night
              like a fault.
            </Trans>
          </AlertDescription>
        </Alert>
      )}
      <Button data-testid="setup-edit-store" onClick={() => setEditing(true)} type="button" variant="outline">
        <Trans>Change the details</Trans>
      </Button>
      {editing && <EditStoreDialog onClose={() => setEditing(false)} store={store} />}
    </div>
  );
}

function CameraStep({ camera }: { camera: Camera }) {
  const { name } = camera;
  return (
    <p className="text-sm">
      <Trans>
        The setup is about the camera {name}. Its settings are on the{" "}
        <Link
          className="text-primary underline underline-offset-2"
          params={{ cameraId: camera.camera_id }}
          to="/cameras/$cameraId"
        >
          page of the camera
        </Link>
        ; a further one is added above.
      </Trans>
    </p>
  );
}

function LineStep({ camera, timezone }: { camera: Camera; timezone: string }) {
  const { admin } = useServices();
  const snapshotUrl = useSnapshotUrl(admin, camera);
  return (
    <LineWithInstructions
      camera={camera}
      controls={<SnapshotControls camera={camera} timezone={timezone} />}
      snapshotUrl={snapshotUrl}
    />
  );
}
