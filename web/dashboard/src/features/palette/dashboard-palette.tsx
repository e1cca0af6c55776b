import { t } from "@lingui/core/macro";
import { addCatalogue } from "@metrica/ui/language/catalogues.ts";
import { CommandPalette } from "@metrica/ui/palette/command-palette.tsx";
import { useQuery } from "@tanstack/react-query";
import { useMatch, useNavigate } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";
import { listCommands, type Place } from "./commands.ts";

// The palette opens on any page. No page loads its messages, and only one those of the periods that it names.
await Promise.all([
  addCatalogue((language) => import(`./locales/${language}.po`)),
  addCatalogue((language) => import(`../store/locales/${language}.po`)),
]);

/** Returns the store of the page, and the search parameters on the page of a store. */
function usePlace(): Place {
  const store = useMatch({ from: "/_signed-in/stores/$storeId", shouldThrow: false });
  const settings = useMatch({ from: "/_signed-in/stores/$storeId/settings", shouldThrow: false });
  return { storeId: (store ?? settings)?.params.storeId, search: store?.search };
}

interface DashboardPaletteProps {
  onClose: () => void;
  onSignOut: () => void;
}

/** The palette of stores, pages, periods and settings. */
export function DashboardPalette({ onClose, onSignOut }: DashboardPaletteProps) {
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  return (
    <CommandPalette
      groups={listCommands(me.data?.stores ?? [], usePlace(), useNavigate(), onSignOut)}
      onClose={onClose}
      placeholder={t`Store, page, period or setting`}
    />
  );
}
