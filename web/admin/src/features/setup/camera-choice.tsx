import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Label } from "@metrica/ui/components/ui/label.tsx";
import { NativeSelect, NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { isSetUp } from "./steps.ts";

const NewCameraDialog = lazyDialog(() =>
  import("#features/cameras/camera-dialogs.tsx").then((module) => module.NewCameraDialog),
);

interface CameraChoiceProps {
  storeId: string;
  /** The active cameras of the store. */
  cameras: readonly Camera[];
  /** The one that is set up. */
  camera: Camera;
  onChoose: (cameraId: string) => void;
}

/** Which camera of the store is set up, and a button that adds another one. */
export function CameraChoice({ storeId, cameras, camera, onChoose }: CameraChoiceProps) {
  const [adding, setAdding] = useState(false);
  const id = useId();
  return (
    <div className="flex flex-wrap items-end justify-between gap-3">
      {cameras.length > 1 && (
        <div className="grid min-w-0 flex-1 basis-56 gap-1.5">
          <Label htmlFor={id}>{t`Camera that is set up`}</Label>
          <NativeSelect
            data-testid="setup-choose-camera"
            id={id}
            onChange={(event) => onChoose(event.target.value)}
            title={camera.name}
            value={camera.camera_id}
          >
            {cameras.map((one) => (
              <NativeSelectOption key={one.camera_id} value={one.camera_id}>
                {isSetUp(one) ? one.name : describeNew(one)}
              </NativeSelectOption>
            ))}
          </NativeSelect>
        </div>
      )}
      <Button data-testid="setup-add-camera" onClick={() => setAdding(true)} type="button" variant="outline">
        <Plus /> {t`Add another camera`}
      </Button>
      {adding && (
        <NewCameraDialog
          onClose={() => setAdding(false)}
          onSaved={(added) => onChoose(added.camera_id)}
          storeId={storeId}
          title={t`Add another camera`}
        />
      )}
    </div>
  );
}

function describeNew({ name }: Camera): string {
  return t`${name} (not set up yet)`;
}
