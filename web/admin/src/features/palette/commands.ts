import { t } from "@lingui/core/macro";
import type { HealthCamera, HealthStore } from "@metrica/client/admin.ts";
import {
  type Command,
  type CommandGroup,
  settingCommands,
  signOutCommand,
} from "@metrica/ui/palette/commands.ts";
import type { useNavigate } from "@tanstack/react-router";
import type { FormPart } from "#shared/open-search.ts";

/** The store and the camera of the page, as its address says. */
export interface Place {
  storeId?: string | undefined;
  cameraId?: string | undefined;
}

/** What the app does, besides opening a page. */
export interface AppActions {
  navigate: ReturnType<typeof useNavigate>;
  showKeys: () => void;
  signOut: () => void;
}

/**
 * Returns the commands: of the camera and the store of the page, of every page, the other pages, the stores and their cameras, the
 * colours and the languages.
 */
export function listCommands(
  stores: readonly HealthStore[],
  { storeId, cameraId }: Place,
  actions: AppActions,
): CommandGroup[] {
  const { navigate } = actions;
  const camera = stores.flatMap(({ cameras }) => cameras).find(({ camera_id }) => camera_id === cameraId);
  const store = stores.find(
    ({ store_id, cameras }) =>
      store_id === storeId || cameras.some(({ camera_id }) => camera_id === cameraId),
  );
  return [
    ...(camera === undefined ? [] : [cameraPageCommands(camera, navigate)]),
    ...(store === undefined ? [] : [storePageCommands(store, navigate)]),
    {
      name: t`Actions`,
      commands: [
        {
          id: "add store",
          name: t`Add store`,
          run: () => void navigate({ to: "/", search: { open: "add-store" } }),
        },
        { id: "keys", name: t`Keyboard shortcuts`, run: actions.showKeys },
        signOutCommand(actions.signOut),
      ],
    },
    pageCommands(navigate),
    storeCommands(stores, storeId, navigate),
    cameraCommands(stores, cameraId, navigate),
    ...settingCommands(),
  ];
}

type Navigate = AppActions["navigate"];

function cameraPageCommands({ camera_id: cameraId, name }: HealthCamera, navigate: Navigate): CommandGroup {
  const pages = [
    { to: "/cameras/$cameraId", name: t`Counting line, status and settings` },
    { to: "/cameras/$cameraId/live", name: t`Live test` },
    { to: "/cameras/$cameraId/count", name: t`Count people` },
    { to: "/cameras/$cameraId/certificate", name: t`Certificate` },
  ] as const;
  return {
    name: t`Camera ${name}`,
    commands: pages.map((page) => ({
      id: page.to,
      name: page.name,
      run: () => void navigate({ to: page.to, params: { cameraId } }),
    })),
  };
}

function storePageCommands({ store_id: storeId, name }: HealthStore, navigate: Navigate): CommandGroup {
  const params = { storeId };
  const open = (part: FormPart, label: string): Command => ({
    id: `open ${part}`,
    name: label,
    run: () => void navigate({ to: "/stores/$storeId", params, search: { open: part } }),
  });
  return {
    name: t`Store ${name}`,
    commands: [
      {
        id: "store page",
        name: t`Cameras, keys and owners`,
        run: () => void navigate({ to: "/stores/$storeId", params }),
      },
      {
        id: "store setup",
        name: t`Setup`,
        run: () => void navigate({ to: "/stores/$storeId/setup", params }),
      },
      open("add-camera", t`Add camera`),
      open("invite", t`Invite an owner`),
      open("add-key", t`Create worker key`),
      open("edit-store", t`Store settings`),
      {
        id: "store audit",
        name: t`Audit log of the store`,
        run: () => void navigate({ to: "/audit", search: { store: storeId } }),
      },
    ],
  };
}

function pageCommands(navigate: Navigate): CommandGroup {
  return {
    name: t`Pages`,
    commands: [
      { id: "page stores", name: t`Stores and cameras`, run: () => void navigate({ to: "/" }) },
      {
        id: "page problems",
        name: t`Stores with problems`,
        run: () => void navigate({ to: "/", search: { show: "problems" } }),
      },
      {
        id: "page count checks",
        name: t`Stores with an overdue count check`,
        run: () => void navigate({ to: "/", search: { show: "count_check" } }),
      },
      { id: "page audit", name: t`Audit log`, run: () => void navigate({ to: "/audit" }) },
    ],
  };
}

function storeCommands(
  stores: readonly HealthStore[],
  current: string | undefined,
  navigate: Navigate,
): CommandGroup {
  return {
    name: t`Stores`,
    commands: stores.map(({ store_id: storeId, name }) => ({
      id: `store ${storeId}`,
      name,
      isCurrent: storeId === current,
      run: () => void navigate({ to: "/stores/$storeId", params: { storeId } }),
    })),
  };
}

/** The cameras with the names of their stores: many have the name of an entrance. */
function cameraCommands(
  stores: readonly HealthStore[],
  current: string | undefined,
  navigate: Navigate,
): CommandGroup {
  return {
    name: t`Cameras`,
    commands: stores.flatMap((store) =>
      store.cameras.map(({ camera_id: cameraId, name }) => ({
        id: `camera ${cameraId}`,
        name: `${name} · ${store.name}`,
        isCurrent: cameraId === current,
        run: () => void navigate({ to: "/cameras/$cameraId", params: { cameraId } }),
      })),
    ),
  };
}
