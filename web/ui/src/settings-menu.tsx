import { Settings } from "lucide-react";
import { Button } from "./components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "./components/ui/dropdown-menu.tsx";
import { shortcutsPreference, themePreference, usePreference } from "./preference.ts";

const themes = [
  ["system", "Like the system"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;

interface SettingsMenuProps {
  /** Whether the app has keyboard shortcuts. */
  hasShortcuts: boolean;
}

/** The menu with the settings of this browser. It opens when it is mounted: it loads with the first click on its button. */
export function SettingsMenu({ hasShortcuts }: SettingsMenuProps) {
  const [theme, setTheme] = usePreference(themePreference);
  const [shortcuts, setShortcuts] = usePreference(shortcutsPreference);
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <Button aria-label="Settings" data-testid="settings" size="icon" type="button" variant="ghost">
          <Settings />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Colours</DropdownMenuLabel>
        <DropdownMenuRadioGroup onValueChange={(value) => setTheme(value as typeof theme)} value={theme}>
          {themes.map(([value, label]) => (
            <DropdownMenuRadioItem key={value} value={value}>
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        {hasShortcuts && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuCheckboxItem
              checked={shortcuts === "on"}
              onCheckedChange={(checked) => setShortcuts(checked ? "on" : "off")}
            >
              Keyboard shortcuts
            </DropdownMenuCheckboxItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
