import { t } from "@lingui/core/macro";
import type { Store } from "@metrica/client/admin.ts";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { useNavigate } from "@tanstack/react-router";
import { EditStoreForm, NewStoreForm } from "./store-form.tsx";

/** The dialog that adds a store, and leads to its setup. */
export function NewStoreDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <FormDialog onClose={onClose} open title={t`Add store`}>
      <NewStoreForm
        onCancel={onClose}
        onSaved={(store) => {
          onClose();
          void navigate({ to: "/stores/$storeId/setup", params: { storeId: store.store_id } });
        }}
      />
    </FormDialog>
  );
}

/** The dialog with the settings of a store. */
export function EditStoreDialog({ store, onClose }: { store: Store; onClose: () => void }) {
  return (
    <FormDialog onClose={onClose} open title={t`Store settings`}>
      <EditStoreForm onCancel={onClose} onSaved={onClose} store={store} />
    </FormDialog>
  );
}
