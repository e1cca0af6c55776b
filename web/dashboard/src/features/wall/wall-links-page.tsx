import { t } from "@lingui/core/macro";
import type { WallLink } from "@metrica/client/owner.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { ConsequencesDialog } from "@metrica/ui/consequences-dialog.tsx";
import { formatDateTime } from "@metrica/ui/format/time.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useMyStore } from "#features/store-settings/my-store.ts";
import { useServices } from "#shared/services.ts";
import { useRevokeWallLink, wallLinksQuery } from "./api/wall-links.ts";

const NewWallLinkDialog = lazy(() =>
  import("./new-wall-link-dialog.tsx").then((module) => ({ default: module.NewWallLinkDialog })),
);

/** The links that show the live occupancy of the store on a screen. */
export function WallLinksPage() {
  const { owner } = useServices();
  const { store_id } = useMyStore();
  const links = useQuery(wallLinksQuery(owner, store_id));
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      aside={
        <Button
          data-testid="add-wall-link"
          onClick={() => setAdding(true)}
          size="sm"
          type="button"
          variant="outline"
        >{t`Create a link`}</Button>
      }
      description={t`Show how many people are inside on a screen at the entrance, without a sign-in`}
      title={t`Screens`}
    >
      <LoadingPanel
        empty={
          <EmptyState
            title={t`No links yet`}
          >{t`Create a link and open it on the screen. It shows the live occupancy of this store and nothing else.`}</EmptyState>
        }
        isEmpty={(data) => data.wall_links.length === 0}
        query={links}
      >
        {(data) => (
          <ul className="divide-y divide-border">
            {data.wall_links.map((link) => (
              <WallLinkItem key={link.wall_link_id} link={link} />
            ))}
          </ul>
        )}
      </LoadingPanel>
      <Suspense>
        {adding && <NewWallLinkDialog onClose={() => setAdding(false)} storeId={store_id} />}
      </Suspense>
    </Panel>
  );
}

function WallLinkItem({ link }: { link: WallLink }) {
  const { owner } = useServices();
  const { store_id, timezone } = useMyStore();
  const [revoking, setRevoking] = useState(false);
  const revoke = useRevokeWallLink(owner, store_id, link.wall_link_id);
  const { name } = link;
  const created = formatDateTime(link.created_at, timezone);
  const used = link.last_used_at === null ? null : formatDateTime(link.last_used_at, timezone);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3" data-testid="wall-link">
      <div className="min-w-0">
        <p className="break-words font-medium">{name}</p>
        <p className="text-[13px] text-muted-foreground">
          {used === null ? t`Created ${created} · never used` : t`Created ${created} · last used ${used}`}
        </p>
      </div>
      <Button onClick={() => setRevoking(true)} size="sm" type="button" variant="outline">
        {t`Revoke`}
      </Button>
      <ConsequencesDialog
        action={{
          ...revoke,
          mutate: () => revoke.mutate(undefined, { onSuccess: () => setRevoking(false) }),
        }}
        consequences={[t`Screens with this link show nothing any more.`, t`The other links go on.`]}
        label={t`Revoke`}
        onClose={() => setRevoking(false)}
        open={revoking}
        testId="revoke-wall-link"
        title={t`Revoke the link ${name}?`}
        variant="destructive"
      />
    </li>
  );
}
