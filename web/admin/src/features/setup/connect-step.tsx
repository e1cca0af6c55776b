import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera, WorkerKey } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { Label } from "@metrica/ui/components/ui/label.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { formatRelativeTime } from "@metrica/ui/format/duration.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useCreateWorkerKey, workerKeysQuery } from "#features/access/api/worker-keys.ts";
import { useRequestSnapshot } from "#features/cameras/api/snapshot.ts";
import { useServices } from "#shared/services.ts";
import { CommandBlock } from "./command-block.tsx";
import { installCommand, sourcePlaceholder } from "./install-command.ts";

/** Makes a worker key, shows the command for the edge box with it, and waits for the first heartbeat. */
export function ConnectStep({ camera }: { camera: Camera }) {
  const { admin, config } = useServices();
  const createKey = useCreateWorkerKey(admin, camera.store_id);
  const requestSnapshot = useRequestSnapshot(admin, camera.camera_id);
  const keys = useQuery({ ...workerKeysQuery(admin, camera.store_id), refetchInterval: 3000 });
  const [source, setSource] = useState("");
  const id = useId();
  const alive = (keys.data?.worker_keys ?? []).filter((key) => key.revoked_at === null);
  const secret = createKey.data?.key;

  function create() {
    const { name } = camera;
    createKey.mutate(t`Setup of ${name}`.slice(0, 120));
    // The answer to the first heartbeat then asks for the picture, so that it is there for the line.
    if (camera.snapshot_at === null) requestSnapshot.mutate();
  }

  return (
    <div className="grid gap-5">
      {secret === undefined ? (
        <div className="grid justify-items-start gap-3">
          <p className="text-sm">
            {t`The command for the edge box contains a worker key of the store, which is shown once.`}{" "}
            {alive.length > 0 &&
              t`The store has keys already, whose secrets are not shown again. If the command is lost, make a new one: it has a new key.`}
          </p>
          <Button
            data-testid="setup-create-key"
            disabled={createKey.isPending}
            onClick={create}
            type="button"
          >
            {alive.length === 0 ? t`Make the command` : t`Make a new command`}
          </Button>
          {createKey.error !== null && (
            <Alert variant="destructive">
              <AlertDescription>{errorMessage(createKey.error)}</AlertDescription>
            </Alert>
          )}
        </div>
      ) : (
        <>
          <div className="grid gap-1.5">
            <Label htmlFor={id}>{t`Address of the camera`}</Label>
            <Input
              aria-describedby={`${id}-note`}
              autoComplete="off"
              data-testid="setup-source"
              id={id}
              onChange={(event) => setSource(event.target.value.trim())}
              placeholder={sourcePlaceholder}
              spellCheck={false}
              value={source}
            />
            <p className="text-[13px] text-muted-foreground" id={`${id}-note`}>
              <Trans>
                Its RTSP address, with a user that may only view. It becomes a part of the command; it is not
                sent or stored.
              </Trans>
            </p>
          </div>
          <CommandBlock
            command={installCommand({
              apiUrl: config.apiUrl,
              cameraId: camera.camera_id,
              workerKey: secret,
              source,
            })}
            testId="setup-command"
          />
          <ol className="grid list-decimal gap-1 pl-5 text-[13px] text-muted-foreground">
            <li>
              <Trans>
                Copy the exported model, such as the folder <code>yolo26n_openvino_model</code>, to{" "}
                <code>~/metrica/models</code> of the edge box.
              </Trans>
            </li>
            <li>
              <Trans>
                Log in to the edge box as the user who will own the worker, and paste the command. It needs
                Python 3.11 or later. It installs the worker, checks the camera, the model, the network, the
                key and the clock, and starts a service that counts now and after each restart of the box. A
                box without systemd counts until Ctrl-C.
              </Trans>
            </li>
            <li>
              <Trans>
                When a check fails, its line begins with <code>fail</code>, and the next line says what to do.
                Paste the command again afterwards.
              </Trans>
            </li>
            <li>{t`A further camera of the same box: paste its own command. The service then counts both.`}</li>
          </ol>
        </>
      )}
      <Waiting camera={camera} keys={alive} />
    </div>
  );
}

/** What has arrived from the edge box so far, and what that says. */
function Waiting({ camera, keys }: { camera: Camera; keys: readonly WorkerKey[] }) {
  const now = useNow(1000);
  const arrived = formatRelativeTime(camera.last_seen_at, now);
  const used = keys
    .flatMap(({ last_used_at }) => (last_used_at === null ? [] : [last_used_at]))
    .sort()
    .at(-1);
  if (camera.last_seen_at !== null)
    return (
      <p data-testid="setup-connected" role="status" className="text-sm text-success">
        {t`The edge box is connected: the last heartbeat arrived ${arrived}.`}
      </p>
    );
  return (
    <div className="flex items-start gap-2.5 text-sm" data-testid="setup-waiting" role="status">
      <span
        aria-hidden="true"
        className="mt-1 size-2.5 shrink-0 animate-pulse rounded-full bg-primary motion-reduce:animate-none"
      />
      <p>
        {camera.rejected_instance_id !== null
          ? t`An edge box with another outbox was turned away. Open the page of the camera to accept it.`
          : used === undefined
            ? t`Waiting for the first heartbeat. No edge box has used a key of this store yet.`
            : t`Waiting for the first heartbeat. An edge box has used a key of this store, so network and key work: if it goes on, check that the command has the id of this camera.`}
      </p>
    </div>
  );
}
