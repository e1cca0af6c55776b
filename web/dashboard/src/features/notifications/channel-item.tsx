import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Channel } from "@metrica/client/owner.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { Mail, Webhook } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import { useServices } from "#shared/services.ts";
import { useDeleteChannel, useUpdateChannel } from "./api/channels.ts";
import { useTestChannel } from "./api/deliveries.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { describeContent, describeTarget } from "./describe.ts";
import { TestResult } from "./test-channel.tsx";

const EditChannelDialog = lazy(() =>
  import("./channel-dialog.tsx").then((module) => ({ default: module.EditChannelDialog })),
);
const ConsequencesDialog = lazy(() =>
  import("@metrica/ui/consequences-dialog.tsx").then((module) => ({ default: module.ConsequencesDialog })),
);

interface ChannelItemProps {
  channel: Channel;
  email: string | null;
  timezone: string;
}

/** A channel with its actions, the result of its test and its deliveries. */
export function ChannelItem({ channel, email, timezone }: ChannelItemProps) {
  const { owner } = useServices();
  const { channel_id, kind, enabled, disabled_reason } = channel;
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const [showDeliveries, setShowDeliveries] = useState(false);
  const update = useUpdateChannel(owner, channel_id);
  const remove = useDeleteChannel(owner, channel_id);
  const test = useTestChannel(owner, channel_id);
  const id = useId();
  const target = describeTarget(channel, email);
  const Icon = kind === "mail" ? Mail : Webhook;
  const button = { type: "button", size: "sm", variant: "outline", "aria-describedby": id } as const;
  return (
    <li className="grid grid-cols-1 gap-3 py-4 first:pt-0 last:pb-0" data-testid="channel">
      <div className="flex items-start gap-3">
        <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted-foreground" />
        <div className="min-w-0 flex-1">
          <p className="font-medium text-sm" id={id}>
            {target}
          </p>
          <p className="mt-0.5 text-[13px] text-muted-foreground">{describeContent(channel)}</p>
        </div>
        {!enabled && <Badge variant="secondary">{t`Disabled`}</Badge>}
      </div>
      {!enabled && disabled_reason !== null && (
        <Alert variant="warning">
          <AlertDescription>
            <Trans>Disabled because of the last delivery: {disabled_reason}</Trans>
          </AlertDescription>
        </Alert>
      )}
      <div className="flex flex-wrap gap-2">
        <Button {...button} disabled={test.isPending} onClick={() => test.mutate()}>{t`Send a test`}</Button>
        <Button {...button} onClick={() => setOpen("edit")}>{t`Edit`}</Button>
        <Button {...button} disabled={update.isPending} onClick={() => update.mutate({ enabled: !enabled })}>
          {enabled ? t`Disable` : t`Enable`}
        </Button>
        <Button
          {...button}
          aria-controls={`${id}-deliveries`}
          aria-expanded={showDeliveries}
          onClick={() => setShowDeliveries(!showDeliveries)}
        >{t`Deliveries`}</Button>
        <Button
          {...button}
          className="text-destructive hover:bg-destructive-muted hover:text-destructive"
          onClick={() => setOpen("delete")}
        >{t`Delete`}</Button>
      </div>
      <TestResult channelId={channel_id} test={test} />
      {update.error !== null && (
        <Alert variant="destructive">
          <AlertDescription>{errorMessage(update.error)}</AlertDescription>
        </Alert>
      )}
      <div hidden={!showDeliveries} id={`${id}-deliveries`}>
        {showDeliveries && <DeliveryList channelId={channel_id} timezone={timezone} />}
      </div>
      <Suspense>
        {open === "edit" && <EditChannelDialog channel={channel} onClose={() => setOpen(null)} />}
        {open === "delete" && (
          <ConsequencesDialog
            action={remove}
            consequences={[
              t`Nothing more is sent to this channel, also nothing that waits.`,
              t`The list of its deliveries is deleted.`,
            ]}
            label={t`Delete`}
            onClose={() => setOpen(null)}
            open
            testId="delete-channel"
            title={t`Delete “${target}”?`}
            variant="destructive"
          />
        )}
      </Suspense>
    </li>
  );
}
