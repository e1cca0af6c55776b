import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera, Store } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { buttonVariants } from "@metrica/ui/components/ui/button.tsx";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { ownersQuery } from "#features/access/api/owners.ts";
import { camerasQuery } from "#features/cameras/api/get-cameras.ts";
import { crossingsQuery } from "#features/crossings/api/get-crossings.ts";
import { CameraTroubles } from "#features/incidents/camera-troubles.tsx";
import { storeQuery } from "#features/stores/api/get-store.ts";
import { useServices } from "#shared/services.ts";
import { CameraChoice } from "./camera-choice.tsx";
import { SetupStep } from "./setup-step.tsx";
import { StepContent } from "./step-content.tsx";
import { summarize, titleOf } from "./step-texts.ts";
import { chooseCamera, findCurrent, findDone, type StepName, stepNames } from "./steps.ts";

const route = getRouteApi("/_signed-in/stores/$storeId/setup");

/** The guided setup of a store: from its settings to the first crossing and its owner. */
export function SetupPage() {
  const { storeId } = route.useParams();
  const { camera: wanted } = route.useSearch();
  const { admin } = useServices();
  const store = useQuery(storeQuery(admin, storeId));
  const cameras = useQuery({ ...camerasQuery(admin, storeId), refetchInterval: 2000 });
  const access = useQuery(ownersQuery(admin, storeId));
  const camera = cameras.data === undefined ? null : chooseCamera(cameras.data.cameras, wanted);
  // Until the box counts there is nothing to follow.
  const feed = useQuery({
    ...crossingsQuery(admin, camera?.camera_id ?? ""),
    enabled: camera !== null && camera.line !== null && camera.last_seen_at !== null,
  });
  const navigate = useNavigate();
  const chosen = camera?.camera_id;
  const [choices, setChoices] = useState(0);
  const stayWith = useCallback(
    (cameraId: string) =>
      void navigate({
        to: "/stores/$storeId/setup",
        params: { storeId },
        search: { camera: cameraId },
        replace: true,
      }),
    [navigate, storeId],
  );
  // Otherwise the page would go on to a camera that is not finished, as soon as this one is.
  useEffect(() => {
    if (wanted === undefined && chosen !== undefined) stayWith(chosen);
  }, [wanted, chosen, stayWith]);
  const name = store.data?.name;
  useDocumentTitle(name === undefined ? t`Setup` : t`Setup of ${name}`);

  return (
    <LoadingPanel query={store}>
      {(data) => (
        <div className="mx-auto grid max-w-3xl grid-cols-1 gap-5">
          <header>
            <Link
              className="inline-flex items-center gap-1 rounded text-[13px] text-muted-foreground hover:text-foreground"
              params={{ storeId }}
              to="/stores/$storeId"
            >
              <ChevronLeft /> {data.name}
            </Link>
            <h1 className="mt-0.5 font-semibold text-2xl tracking-tight">{t`Setup`}</h1>
            <p className="mt-1 text-muted-foreground text-sm">
              <Trans>
                You can leave at any step. Everything is saved, and you or somebody else can go on here.
              </Trans>
            </p>
          </header>
          {data.archived_at !== null ? (
            <EmptyState title={t`This store is archived`}>
              <Trans>Restore it on its page to set it up.</Trans>
            </EmptyState>
          ) : (
            <LoadingPanel query={cameras}>
              {(ofStore) => (
                <LoadingPanel query={access}>
                  {({ owners, invites }) => (
                    <div className="grid grid-cols-1 gap-5">
                      {camera !== null && (
                        <CameraChoice
                          camera={camera}
                          cameras={ofStore.cameras.filter(({ archived_at }) => archived_at === null)}
                          onChoose={(cameraId) => {
                            stayWith(cameraId);
                            setChoices(choices + 1);
                          }}
                          storeId={storeId}
                        />
                      )}
                      <Steps
                        camera={camera}
                        // Another camera is at another step.
                        key={choices}
                        lastCrossingAt={feed.data?.lastCrossingAt ?? null}
                        people={owners.length + invites.length}
                        store={data}
                      />
                    </div>
                  )}
                </LoadingPanel>
              )}
            </LoadingPanel>
          )}
        </div>
      )}
    </LoadingPanel>
  );
}

interface StepsProps {
  store: Store;
  camera: Camera | null;
  lastCrossingAt: string | null;
  people: number;
}

function Steps(state: StepsProps) {
  const { store, camera } = state;
  const done = findDone(state);
  const current = findCurrent(done);
  const [followed, setFollowed] = useState(current);
  const [open, setOpen] = useState<StepName | null>(current);
  // The next step opens by itself when one is done, unless the user looks at another one.
  if (followed !== current) {
    setFollowed(current);
    if (open === null || open === followed) setOpen(current);
  }

  return (
    <>
      {camera !== null && <CameraTroubles camera={camera} />}
      <p aria-live="polite" className="sr-only">
        {current === null
          ? t`All steps are done.`
          : describeStep(stepNames.indexOf(current) + 1, titleOf(current))}
      </p>
      <ol className="grid gap-3">
        {stepNames.map((name, index) => (
          <SetupStep
            enabled={name === "details" || name === "camera" || name === "owner" || camera !== null}
            key={name}
            name={name}
            number={index + 1}
            onToggle={() => setOpen(open === name ? null : name)}
            open={open === name}
            state={done.has(name) ? "done" : name === current ? "current" : "todo"}
            summary={summarize(name, state)}
            title={titleOf(name)}
          >
            <StepContent camera={camera} name={name} store={store} />
          </SetupStep>
        ))}
      </ol>
      {current === null && camera !== null && (
        <Complete>
          <Link
            className={buttonVariants({ variant: "outline", size: "sm" })}
            params={{ storeId: store.store_id }}
            to="/stores/$storeId"
          >
            <Trans>Open the store</Trans>
          </Link>
          <Link
            className={buttonVariants({ variant: "outline", size: "sm" })}
            params={{ cameraId: camera.camera_id }}
            to="/cameras/$cameraId"
          >
            <Trans>Check the count</Trans>
          </Link>
        </Complete>
      )}
    </>
  );
}

function describeStep(number: number, title: string): string {
  return t`Step ${number}: ${title}`;
}

function Complete({ children }: { children: ReactNode }) {
  return (
    <Alert className="mt-3" data-testid="setup-complete" variant="success">
      <AlertDescription className="grid gap-3">
        <p>{t`The store is set up. Now compare a manual count with the count of the camera.`}</p>
        <div className="flex flex-wrap gap-2">{children}</div>
      </AlertDescription>
    </Alert>
  );
}
