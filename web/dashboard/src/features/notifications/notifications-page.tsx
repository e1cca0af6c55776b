import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { meQuery } from "#features/session/api/get-me.ts";
import { useMyStore } from "#features/store-settings/my-store.ts";
import { useServices } from "#shared/services.ts";
import { channelsQuery } from "./api/channels.ts";
import { ChannelItem } from "./channel-item.tsx";
import { concernsStore } from "./concerns-store.ts";

const NewChannelDialog = lazy(() =>
  import("./channel-dialog.tsx").then((module) => ({ default: module.NewChannelDialog })),
);

/** How the user is told about incidents of a store. */
export function NotificationsPage() {
  const { owner } = useServices();
  const { store_id, timezone } = useMyStore();
  const channels = useQuery(channelsQuery(owner));
  const me = useQuery(meQuery(owner));
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      aside={
        <Button
          data-testid="add-channel"
          onClick={() => setAdding(true)}
          size="sm"
          type="button"
          variant="outline"
        >{t`Add a channel`}</Button>
      }
      description={t`How you are told when a camera of this store has a problem`}
      title={t`Notifications`}
    >
      <LoadingPanel
        empty={
          <EmptyState
            title={t`No notifications yet`}
          >{t`Add a channel, and you get an email or a call of your webhook when counting stops.`}</EmptyState>
        }
        isEmpty={(data) => !data.channels.some((channel) => concernsStore(channel, store_id))}
        query={channels}
      >
        {(data) => (
          <ul className="divide-y divide-border">
            {data.channels
              .filter((channel) => concernsStore(channel, store_id))
              .map((channel) => (
                <ChannelItem
                  channel={channel}
                  email={me.data?.email ?? null}
                  key={channel.channel_id}
                  timezone={timezone}
                />
              ))}
          </ul>
        )}
      </LoadingPanel>
      <Suspense>
        {adding && <NewChannelDialog onClose={() => setAdding(false)} storeId={store_id} />}
      </Suspense>
    </Panel>
  );
}
