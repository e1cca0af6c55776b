import type { Store } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/button.tsx";
import { dayAndTime } from "@metrica/ui/format/time.ts";
import { Notice } from "@metrica/ui/notice.tsx";
import { ArchivePanel } from "#shared/archive-panel.tsx";
import { faultWords } from "#shared/fault-words.ts";
import { useServices } from "#shared/services.ts";
import { useArchiveStore, useRestoreStore } from "./api/archive-store.ts";

/** Takes a store out of use. */
export function ArchiveStore({ store }: { store: Store }) {
  const { admin } = useServices();
  return (
    <ArchivePanel
      archive={useArchiveStore(admin, store.store_id)}
      consequences={[
        "Its history stays: nothing that was counted is deleted.",
        "Its owners no longer see it, from their next request on.",
        "Its worker keys are revoked for good; its edge boxes are turned away and what they count meanwhile is lost.",
        "It can be restored. Its owners then see it again, with all its history; its boxes need new keys.",
      ]}
      hint="For a store that is closed, or no longer counted"
      name={store.name}
      what="store"
    />
  );
}

/** On the page of an archived store: what that means, and the way back. */
export function ArchivedStore({ store, since }: { store: Store; since: string }) {
  const { admin } = useServices();
  const restore = useRestoreStore(admin, store.store_id);
  return (
    <Notice testId="archived-store" tone="caution">
      <p>
        Archived since {dayAndTime(since, store.timezone)}: its owners do not see it and its edge boxes are
        turned away. Its history is kept. It can be changed again once it is restored.
      </p>
      {restore.error !== null && <p className="mt-1">{faultWords(restore.error)}</p>}
      <Button
        busy={restore.isPending}
        className="mt-2.5"
        data-testid="restore-store"
        onClick={() => restore.mutate()}
        size="small"
      >
        Restore the store
      </Button>
    </Notice>
  );
}
