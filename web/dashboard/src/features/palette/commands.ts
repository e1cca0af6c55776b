import { t } from "@lingui/core/macro";
import type { Me } from "@metrica/client/owner.ts";
import { type CommandGroup, settingCommands, signOutCommand } from "@metrica/ui/palette/commands.ts";
import type { useNavigate } from "@tanstack/react-router";
import { compareButtonLabel } from "#features/store/compare-labels.ts";
import { currentPeriodLabel, periodLabel } from "#features/store/period-labels.ts";
import {
  calendarPeriods,
  compareModes,
  type StoreSearch,
  toSearch,
  toView,
  withDays,
  withPeriod,
} from "#features/store/search.ts";

/** Where the user is: the store, and the search parameters of its page if that is the page. */
export interface Place {
  storeId: string | undefined;
  search: StoreSearch | undefined;
}

type Navigate = ReturnType<typeof useNavigate>;

/** Returns the commands: of the store of the page, the stores, the other pages, the colours and the languages. */
export function listCommands(
  stores: Me["stores"],
  place: Place,
  navigate: Navigate,
  signOut: () => void,
): CommandGroup[] {
  const { storeId, search } = place;
  return [
    ...(storeId !== undefined && search !== undefined ? viewCommands(storeId, search, navigate) : []),
    ...(storeId !== undefined ? [settingsCommands(storeId, navigate)] : []),
    storeCommands(stores, place, navigate),
    pageCommands(navigate, signOut),
    ...settingCommands(),
  ];
}

/** The periods and the comparisons of the store page. */
function viewCommands(storeId: string, search: StoreSearch, navigate: Navigate): CommandGroup[] {
  const view = toView(search);
  const show = (next: StoreSearch) =>
    void navigate({ to: "/stores/$storeId", params: { storeId }, search: next, resetScroll: false });
  const rolling = ["last7", "last28"] as const;
  return [
    {
      name: t`Period`,
      commands: [
        {
          id: "period today",
          name: currentPeriodLabel("day"),
          isCurrent: view.period === "day" && view.date === undefined,
          run: () => show(toSearch(withDays(view, { period: "day" }))),
        },
        ...calendarPeriods.map((period) => ({
          id: `period ${period}`,
          name: periodLabel(period),
          isCurrent: view.period === period,
          run: () => show(toSearch(withPeriod(view, period, undefined))),
        })),
        ...rolling.map((period) => ({
          id: `period ${period}`,
          name: currentPeriodLabel(period),
          isCurrent: view.period === period,
          run: () => show(toSearch(withDays(view, { period }))),
        })),
      ],
    },
    {
      name: t`Comparison`,
      commands: compareModes.map((mode) => ({
        id: `compare ${mode}`,
        name: compareButtonLabel(mode),
        isCurrent: view.compare === mode,
        run: () => show(toSearch({ ...view, compare: mode })),
      })),
    },
  ];
}

function settingsCommands(storeId: string, navigate: Navigate): CommandGroup {
  const sections = [
    { to: "/stores/$storeId/settings/notifications", name: t`Notifications` },
    { to: "/stores/$storeId/settings/reports", name: t`Reports` },
    { to: "/stores/$storeId/settings/calendar", name: t`Calendar` },
    { to: "/stores/$storeId/settings/incidents", name: t`Incidents` },
    { to: "/stores/$storeId/settings/screens", name: t`Screens` },
  ] as const;
  return {
    name: t`Settings of the store`,
    commands: sections.map(({ to, name }) => ({
      id: to,
      name,
      run: () => void navigate({ to, params: { storeId } }),
    })),
  };
}

function storeCommands(stores: Me["stores"], { storeId, search }: Place, navigate: Navigate): CommandGroup {
  return {
    name: t`Stores`,
    commands: stores.map((store) => ({
      id: `store ${store.store_id}`,
      name: store.name,
      isCurrent: store.store_id === storeId && search !== undefined,
      run: () => void navigate({ to: "/stores/$storeId", params: { storeId: store.store_id } }),
    })),
  };
}

function pageCommands(navigate: Navigate, signOut: () => void): CommandGroup {
  return {
    name: t`Pages`,
    commands: [
      { id: "page stores", name: t`My stores`, run: () => void navigate({ to: "/" }) },
      { id: "page account", name: t`My account`, run: () => void navigate({ to: "/account" }) },
      {
        id: "page help",
        name: t`Help: how the numbers are counted, and the keys`,
        run: () => void navigate({ to: "/help" }),
      },
      signOutCommand(signOut),
    ],
  };
}
