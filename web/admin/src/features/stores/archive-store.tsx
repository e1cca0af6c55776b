import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Store } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { ArchivePanel } from "#shared/archive-panel.tsx";
import { useServices } from "#shared/services.ts";
import { useArchiveStore, useRestoreStore } from "./api/archive-store.ts";

/** Archives a store. */
export function ArchiveStore({ store }: { store: Store }) {
  const { admin } = useServices();
  return (
    <ArchivePanel
      archive={useArchiveStore(admin, store)}
      consequences={[
        t`The history is kept.`,
        t`The owners lose access to the store immediately.`,
        t`The worker keys are revoked permanently. Crossings that the edge boxes count while the store is archived are lost.`,
        t`You can restore the store. The owners then have access again, and the edge boxes need new worker keys.`,
      ]}
      description={t`Archive this store if it is closed or no longer uses Metrica.`}
      label={t`Archive store`}
      name={store.name}
    />
  );
}

/** The notice on the page of an archived store, with a button that restores it. */
export function ArchivedStore({ store, since }: { store: Store; since: string }) {
  const { admin } = useServices();
  const restore = useRestoreStore(admin, store);
  const archivedOn = formatDateTime(since, store.timezone);
  return (
    <Alert data-testid="archived-store" variant="warning">
      <AlertDescription>
        <p>
          {t`Archived on ${archivedOn}. The owners have no access and the edge boxes cannot send data. The history is kept. Restore the store to change it.`}
        </p>
        {restore.error !== null && <p className="mt-1">{errorMessage(restore.error)}</p>}
        <Button
          type="button"
          variant="outline"
          disabled={restore.isPending}
          className="mt-2.5"
          data-testid="restore-store"
          onClick={() => restore.mutate()}
          size="sm"
        >
          <Trans>Restore store</Trans>
        </Button>
      </AlertDescription>
    </Alert>
  );
}
