import { t } from "@lingui/core/macro";
import { availableLanguages, switchLanguage } from "../language/catalogues.ts";
import { languages } from "../language/languages.ts";
import { themePreference } from "../preference.ts";

export interface Command {
  /** Unique among the commands. */
  id: string;
  name: string;
  /** The language of the name, if it is not that of the page. */
  lang?: string;
  /** Whether it is what the page shows, or how it looks, already. */
  isCurrent?: boolean;
  /** Does it. A promise fails when the command cannot be done now. */
  run: () => void | Promise<void>;
}

export interface CommandGroup {
  name: string;
  commands: Command[];
}

/** Returns the colours and the languages, which every page has. */
export function settingCommands(): CommandGroup[] {
  return [themeCommands(), languageCommands()];
}

/** Returns the command that signs out. */
export function signOutCommand(signOut: () => void): Command {
  return { id: "sign out", name: t`Sign out`, run: signOut };
}

function themeCommands(): CommandGroup {
  const themes = [
    ["system", t`Like the system`],
    ["light", t`Light`],
    ["dark", t`Dark`],
  ] as const;
  return {
    name: t`Colours`,
    commands: themes.map(([theme, name]) => ({
      id: `theme ${theme}`,
      name,
      isCurrent: themePreference.get() === theme,
      run: () => themePreference.set(theme),
    })),
  };
}

function languageCommands(): CommandGroup {
  return {
    name: t`Language`,
    commands: availableLanguages().map((language) => ({
      id: `language ${language}`,
      name: languages[language].name,
      lang: language,
      run: () => switchLanguage(language),
    })),
  };
}
