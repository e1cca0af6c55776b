import { t } from "@lingui/core/macro";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@metrica/ui/components/ui/command.tsx";
import { Dialog, DialogContent, DialogTitle } from "@metrica/ui/components/ui/dialog.tsx";
import { addCatalogue } from "@metrica/ui/language/catalogues.ts";
import { LanguageError } from "@metrica/ui/language/language-select.tsx";
import { useQuery } from "@tanstack/react-query";
import { useMatch, useNavigate } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { useState } from "react";
import { meQuery } from "#features/session/api/get-me.ts";
import { isPaletteKey } from "#features/store/shortcuts.ts";
import { useServices } from "#shared/services.ts";
import { listCommands, type Command as PaletteCommand, type Place } from "./commands.ts";
import { rankCommand } from "./filter.ts";

// The palette opens on any page. No page loads its messages.
await addCatalogue((language) => import(`./locales/${language}.po`));

/** Returns the store of the page, and the search parameters on the page of a store. */
function usePlace(): Place {
  const store = useMatch({ from: "/_signed-in/stores/$storeId", shouldThrow: false });
  const settings = useMatch({ from: "/_signed-in/stores/$storeId/settings", shouldThrow: false });
  return { storeId: (store ?? settings)?.params.storeId, search: store?.search };
}

/** The dialog that finds stores, pages, periods and settings by their name, and opens them. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  const groups = listCommands(me.data?.stores ?? [], usePlace(), useNavigate());
  const [failed, setFailed] = useState(false);

  async function run(command: PaletteCommand) {
    try {
      await command.run();
      onClose();
    } catch {
      setFailed(true); // only a language can fail: its messages are loaded
    }
  }

  return (
    <Dialog onOpenChange={(open) => !open && onClose()} open>
      <DialogContent
        aria-describedby={undefined}
        className="top-[12vh] flex max-h-[70vh] w-[min(36rem,calc(100vw-2rem))] translate-y-0 flex-col gap-0 overflow-hidden p-0"
        data-testid="palette"
        onKeyDown={(event) => {
          if (!isPaletteKey(event.nativeEvent)) return;
          event.preventDefault();
          onClose();
        }}
      >
        <DialogTitle className="sr-only">{t`Search and commands`}</DialogTitle>
        <Command
          filter={(id, search, keywords = []) => rankCommand(search, keywords[0] ?? id, keywords[1] ?? "")}
          label={t`Search and commands`}
          loop
          vimBindings={false}
        >
          <CommandInput className="pr-10" placeholder={t`Store, page, period or setting`} />
          <CommandList label={t`Commands`}>
            {groups.map((group) => (
              <CommandGroup heading={group.name} key={group.name}>
                {group.commands.map((command) => (
                  <CommandItem
                    data-testid="command"
                    key={command.id}
                    keywords={[command.name, group.name]}
                    onSelect={() => void run(command)}
                    value={command.id}
                  >
                    <span className="min-w-0 flex-1" lang={command.lang}>
                      {command.name}
                    </span>
                    {command.isCurrent && <Check aria-label={t`current`} />}
                  </CommandItem>
                ))}
              </CommandGroup>
            ))}
          </CommandList>
          <CommandEmpty>{t`Nothing has this name.`}</CommandEmpty>
        </Command>
        <LanguageError failed={failed} />
      </DialogContent>
    </Dialog>
  );
}
