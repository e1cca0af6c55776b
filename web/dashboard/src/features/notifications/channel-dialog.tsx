import { t } from "@lingui/core/macro";
import type { Channel } from "@metrica/client/owner.ts";
import { CopyableSecret } from "@metrica/ui/copyable-secret.tsx";
import { FormDialog } from "@metrica/ui/form/form-dialog.tsx";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";
import { useCreateChannel, useUpdateChannel } from "./api/channels.ts";
import { ChannelForm } from "./channel-form.tsx";
import { toContent, toNewChannel } from "./channel-schema.ts";
import { describeTarget } from "./describe.ts";

/** The dialog that creates a channel. After that it shows the secret of a webhook, and Escape does not close it. */
export function NewChannelDialog({ storeId, onClose }: { storeId: string; onClose: () => void }) {
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  const create = useCreateChannel(owner);
  const secret = create.data?.secret ?? null;
  return (
    <FormDialog
      keepOpen={secret !== null}
      onClose={onClose}
      open
      title={secret === null ? t`Add a channel` : t`Secret of the webhook`}
    >
      {secret === null ? (
        <ChannelForm
          busy={create.isPending}
          channel={null}
          email={me.data?.email ?? null}
          isSuperadmin={me.data?.is_superadmin === true}
          onCancel={onClose}
          onSubmit={(values, { onError }) =>
            create.mutate(toNewChannel(values, storeId), {
              onError,
              onSuccess: (created) => {
                if (created.secret === null) onClose();
              },
            })
          }
        />
      ) : (
        <CopyableSecret
          message={t`This secret is shown only once. Copy it to the receiver of the webhook, which verifies the signatures with it.`}
          onDone={onClose}
          secret={secret}
          testId="channel-secret"
        />
      )}
    </FormDialog>
  );
}

/** The dialog that changes what a channel sends. */
export function EditChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  const update = useUpdateChannel(owner, channel.channel_id);
  const email = me.data?.email ?? null;
  return (
    <FormDialog onClose={onClose} open title={describeTarget(channel, email)}>
      <ChannelForm
        busy={update.isPending}
        channel={channel}
        email={email}
        isSuperadmin={me.data?.is_superadmin === true}
        onCancel={onClose}
        onSubmit={(values, { onError }) =>
          update.mutate(
            { ...toContent(values), ...(channel.kind === "webhook" ? { url: values.url } : {}) },
            { onError, onSuccess: onClose },
          )
        }
      />
    </FormDialog>
  );
}
