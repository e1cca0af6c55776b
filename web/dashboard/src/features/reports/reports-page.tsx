import { t } from "@lingui/core/macro";
import type { ReportPeriod, Subscription } from "@metrica/client/owner.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button, buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useId } from "react";
import { meQuery } from "#features/session/api/get-me.ts";
import { useMyStore } from "#features/store-settings/my-store.ts";
import { useServices } from "#shared/services.ts";
import { subscriptionsQuery, useSubscribe, useUnsubscribe } from "./api/subscriptions.ts";
import { reportDescription, reportName } from "./report-names.ts";
import { type ReportsSearch, reportPeriods } from "./search.ts";

const route = getRouteApi("/_signed-in/stores/$storeId/settings/reports");
const ReportPreview = lazy(() =>
  import("./report-preview.tsx").then((module) => ({ default: module.ReportPreview })),
);

/** The reports of a store that the user gets by email, with a preview. */
export function ReportsPage() {
  const { owner } = useServices();
  const { store_id } = useMyStore();
  const subscriptions = useQuery(subscriptionsQuery(owner));
  const email = useQuery(meQuery(owner)).data?.email;
  const { preview, date } = route.useSearch();
  const navigate = useNavigate();

  const show = (search: ReportsSearch) =>
    void navigate({
      to: "/stores/$storeId/settings/reports",
      params: { storeId: store_id },
      search,
      replace: true,
      resetScroll: false,
    });

  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel
        description={
          email == null
            ? t`The numbers of the store by email, to the address of your account`
            : t`The numbers of the store by email, to ${email}`
        }
        title={t`Reports`}
      >
        <LoadingPanel query={subscriptions}>
          {(data) => (
            <ul className="divide-y divide-border">
              {reportPeriods.map((period) => (
                <ReportItem
                  isPreviewed={preview === period}
                  key={period}
                  period={period}
                  storeId={store_id}
                  subscription={data.subscriptions.find(
                    (subscription) => subscription.store_id === store_id && subscription.period === period,
                  )}
                />
              ))}
            </ul>
          )}
        </LoadingPanel>
      </Panel>
      <Suspense>
        {preview !== undefined && (
          <ReportPreview
            date={date}
            onClose={() => show({})}
            onDate={(next) => show(next === undefined ? { preview } : { preview, date: next })}
            period={preview}
            storeId={store_id}
          />
        )}
      </Suspense>
    </div>
  );
}

interface ReportItemProps {
  storeId: string;
  period: ReportPeriod;
  subscription: Subscription | undefined;
  isPreviewed: boolean;
}

function ReportItem({ storeId, period, subscription, isPreviewed }: ReportItemProps) {
  const { owner } = useServices();
  const subscribe = useSubscribe(owner, storeId);
  const unsubscribe = useUnsubscribe(owner);
  const id = useId();
  const busy = subscribe.isPending || unsubscribe.isPending;
  const error = subscribe.error ?? unsubscribe.error;
  return (
    <li className="grid grid-cols-1 gap-3 py-4 first:pt-0 last:pb-0" data-testid={`report-${period}`}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
            <span id={id}>{reportName(period)}</span>
            {subscription !== undefined && <Badge variant="success">{t`Subscribed`}</Badge>}
          </p>
          <p className="mt-0.5 text-[13px] text-muted-foreground">{reportDescription(period)}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Link
            aria-current={isPreviewed ? "true" : undefined}
            aria-describedby={id}
            className={buttonVariants({ variant: "outline", size: "sm" })}
            params={{ storeId }}
            resetScroll={false}
            search={{ preview: period }}
            to="/stores/$storeId/settings/reports"
          >{t`Preview`}</Link>
          <Button
            aria-describedby={id}
            disabled={busy}
            onClick={() => {
              subscribe.reset();
              unsubscribe.reset();
              if (subscription === undefined) subscribe.mutate(period);
              else unsubscribe.mutate(subscription.subscription_id);
            }}
            size="sm"
            type="button"
            variant={subscription === undefined ? "default" : "outline"}
          >
            {subscription === undefined ? t`Subscribe` : t`Unsubscribe`}
          </Button>
        </div>
      </div>
      {error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(error)}</AlertDescription>
        </Alert>
      )}
    </li>
  );
}
