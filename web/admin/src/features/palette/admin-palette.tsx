import { t } from "@lingui/core/macro";
import { addCatalogue } from "@metrica/ui/language/catalogues.ts";
import { CommandPalette } from "@metrica/ui/palette/command-palette.tsx";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { healthQuery } from "#features/health/api/get-health.ts";
import { useServices } from "#shared/services.ts";
import { listCommands } from "./commands.ts";

// The palette opens on any page. No page loads its messages.
await addCatalogue((language) => import(`./locales/${language}.po`));

interface AdminPaletteProps {
  onClose: () => void;
  onShowKeys: () => void;
  onSignOut: () => void;
}

/** The palette of stores, their cameras, pages and actions. */
export function AdminPalette({ onClose, onShowKeys, onSignOut }: AdminPaletteProps) {
  const { admin } = useServices();
  const health = useQuery({ ...healthQuery(admin), refetchInterval: false });
  const navigate = useNavigate();
  const place = useParams({ strict: false });
  const actions = { navigate, showKeys: onShowKeys, signOut: onSignOut };
  return (
    <CommandPalette
      groups={listCommands(health.data?.stores ?? [], place, actions)}
      onClose={onClose}
      placeholder={t`Store, camera, page or action`}
    />
  );
}
