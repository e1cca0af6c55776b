import { t } from "@lingui/core/macro";
import { Check } from "lucide-react";
import { useState } from "react";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "../components/ui/command.tsx";
import { Dialog, DialogContent, DialogTitle } from "../components/ui/dialog.tsx";
import { nameKey, paletteKeys } from "../keyboard/shortcuts.ts";
import { addCatalogue } from "../language/catalogues.ts";
import { LanguageError } from "../language/language-select.tsx";
import type { Command as PaletteCommand, CommandGroup as PaletteGroup } from "./commands.ts";
import { findCommands } from "./filter.ts";

// The palette opens on any page. No page loads its messages.
await addCatalogue((language) => import(`./locales/${language}.po`));

interface CommandPaletteProps {
  groups: readonly PaletteGroup[];
  /** What can be searched for. */
  placeholder: string;
  onClose: () => void;
}

/** The dialog that finds commands by their name, and does them. */
export function CommandPalette({ groups, placeholder, onClose }: CommandPaletteProps) {
  const [search, setSearch] = useState("");
  const [failed, setFailed] = useState(false);
  const found = findCommands(groups, search);
  // Groups can arrive while the palette is open: the first command is selected again when it becomes another one.
  const first = found[0]?.commands[0]?.id ?? "";
  const [selection, setSelection] = useState({ first, id: first });
  if (selection.first !== first) setSelection({ first, id: first });

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
          if (nameKey(event.nativeEvent) !== paletteKeys) return;
          event.preventDefault();
          onClose();
        }}
      >
        <DialogTitle className="sr-only">{t`Search and commands`}</DialogTitle>
        <Command
          label={t`Search and commands`}
          loop
          onValueChange={(id) => setSelection({ first, id })}
          shouldFilter={false} // cmdk 1.1.1 does not sort the groups
          value={selection.id}
          vimBindings={false}
        >
          <CommandInput
            className="pr-10"
            onValueChange={setSearch}
            placeholder={placeholder}
            value={search}
          />
          <CommandList label={t`Commands`}>
            {found.map((group) => (
              <CommandGroup heading={group.name} key={group.name}>
                {group.commands.map((command) => (
                  <CommandItem
                    data-testid="command"
                    key={command.id}
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
