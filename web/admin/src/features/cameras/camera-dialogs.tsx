import { t } from "@lingui/core/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { EditCameraForm, NewCameraForm } from "./camera-form.tsx";

interface NewCameraDialogProps {
  storeId: string;
  title: string;
  onSaved: (camera: Camera) => void;
  onClose: () => void;
}

/** The dialog that adds a camera. */
export function NewCameraDialog({ storeId, title, onSaved, onClose }: NewCameraDialogProps) {
  return (
    <FormDialog onClose={onClose} open title={title}>
      <NewCameraForm
        onCancel={onClose}
        onSaved={(camera) => {
          onClose();
          onSaved(camera);
        }}
        storeId={storeId}
      />
    </FormDialog>
  );
}

/** The dialog with the settings of a camera. */
export function EditCameraDialog({ camera, onClose }: { camera: Camera; onClose: () => void }) {
  return (
    <FormDialog onClose={onClose} open title={t`Camera settings`}>
      <EditCameraForm camera={camera} onCancel={onClose} onSaved={onClose} />
    </FormDialog>
  );
}
