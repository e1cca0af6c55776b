import { t } from "@lingui/core/macro";
import type { Channel, MyStore, Subscription } from "@metrica/client/owner.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { channelsQuery } from "#features/notifications/api/channels.ts";
import { concernsStore } from "#features/notifications/concerns-store.ts";
import { subscriptionsQuery } from "#features/reports/api/subscriptions.ts";
import { reportName } from "#features/reports/report-names.ts";
import { reportPeriods } from "#features/reports/search.ts";
import { useServices } from "#shared/services.ts";

/** The notifications and the reports that the user gets, by store, with links to their settings. */
export function MyStoresPanel({ stores }: { stores: readonly MyStore[] }) {
  const { owner } = useServices();
  const channels = useQuery(channelsQuery(owner));
  const subscriptions = useQuery(subscriptionsQuery(owner));
  return (
    <Panel description={t`What you get of each store`} title={t`My notifications and reports`}>
      {stores.length === 0 ? (
        <EmptyState
          title={t`No stores yet`}
        >{t`You are not an owner of a store. Ask your administrator to invite the email address of this account.`}</EmptyState>
      ) : (
        <LoadingPanel query={channels}>
          {(channelsData) => (
            <LoadingPanel query={subscriptions}>
              {(subscriptionsData) => (
                <ul className="divide-y divide-border">
                  {stores.map((store) => (
                    <StoreItem
                      channels={channelsData.channels}
                      key={store.store_id}
                      store={store}
                      subscriptions={subscriptionsData.subscriptions}
                    />
                  ))}
                </ul>
              )}
            </LoadingPanel>
          )}
        </LoadingPanel>
      )}
    </Panel>
  );
}

interface StoreItemProps {
  store: MyStore;
  channels: readonly Channel[];
  subscriptions: readonly Subscription[];
}

function StoreItem({ store: { store_id, name }, channels, subscriptions }: StoreItemProps) {
  const params = { storeId: store_id };
  const linkClass = "rounded py-1 text-primary underline underline-offset-2";
  return (
    <li className="grid grid-cols-1 gap-1 py-4 first:pt-0 last:pb-0" data-testid="account-store">
      <p className="font-medium text-sm">{name}</p>
      <p className="text-[13px] text-muted-foreground">
        {describeChannels(channels.filter((channel) => concernsStore(channel, store_id)))}{" "}
        <Link
          aria-label={t`Notifications of ${name}`}
          className={linkClass}
          params={params}
          to="/stores/$storeId/settings/notifications"
        >{t`Notifications`}</Link>
      </p>
      <p className="text-[13px] text-muted-foreground">
        {describeReports(subscriptions.filter((subscription) => subscription.store_id === store_id))}{" "}
        <Link
          aria-label={t`Reports of ${name}`}
          className={linkClass}
          params={params}
          to="/stores/$storeId/settings/reports"
        >{t`Reports`}</Link>
      </p>
    </li>
  );
}

function describeChannels(channels: readonly Channel[]): string {
  const enabled = channels.filter((channel) => channel.enabled);
  if (enabled.length === 0) return t`No notifications.`;
  const hasMail = enabled.some(({ kind }) => kind === "mail");
  const hasWebhook = enabled.some(({ kind }) => kind === "webhook");
  if (hasMail && hasWebhook) return t`Notifications by email and webhook.`;
  return hasMail ? t`Notifications by email.` : t`Notifications by webhook.`;
}

function describeReports(subscriptions: readonly Subscription[]): string {
  const names = reportPeriods
    .filter((period) => subscriptions.some((subscription) => subscription.period === period))
    .map(reportName);
  return names.length === 0 ? t`No reports.` : `${names.join(", ")}.`;
}
