import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Settings } from "lucide-react";
import { useState } from "react";
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
import { availableLanguages, switchLanguage } from "./language/catalogues.ts";
import { useLanguage } from "./language/language.ts";
import { LanguageError } from "./language/language-select.tsx";
import { type Language, languages } from "./language/languages.ts";
import { shortcutsPreference, themePreference } from "./preference.ts";
import { usePreference } from "./use-preference.ts";

/** The menu with the settings of this browser. It opens when it is mounted: it loads with the first click on its button. */
export function SettingsMenu() {
  const themes = [
    ["system", t`Like the system`],
    ["light", t`Light`],
    ["dark", t`Dark`],
  ] as const;
  const [theme, setTheme] = usePreference(themePreference);
  const [shortcuts, setShortcuts] = usePreference(shortcutsPreference);
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <Button
          aria-label={t`Settings`}
          data-testid="settings"
          data-language-switch
          size="icon"
          type="button"
          variant="ghost"
        >
          <Settings />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>
          <Trans>Colours</Trans>
        </DropdownMenuLabel>
        <DropdownMenuRadioGroup onValueChange={(value) => setTheme(value as typeof theme)} value={theme}>
          {themes.map(([value, label]) => (
            <DropdownMenuRadioItem key={value} value={value}>
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <LanguageItems />
        <DropdownMenuSeparator />
        <DropdownMenuCheckboxItem
          checked={shortcuts === "on"}
          onCheckedChange={(checked) => setShortcuts(checked ? "on" : "off")}
        >
          <Trans>Keyboard shortcuts</Trans>
        </DropdownMenuCheckboxItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The choice of the language, if the app has several. */
function LanguageItems() {
  const language = useLanguage();
  const choices = availableLanguages();
  const [failed, setFailed] = useState(false);
  if (choices.length === 1) return null;
  return (
    <>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>
        <Trans>Language</Trans>
      </DropdownMenuLabel>
      <DropdownMenuRadioGroup
        onValueChange={(value) => switchLanguage(value as Language).catch(() => setFailed(true))}
        value={language}
      >
        {choices.map((choice) => (
          <DropdownMenuRadioItem data-testid={`language-${choice}`} key={choice} lang={choice} value={choice}>
            {languages[choice].name}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <LanguageError failed={failed} />
    </>
  );
}
