import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { NativeSelect, NativeSelectOption } from "../components/ui/native-select.tsx";
import { availableLanguages, switchLanguage } from "./catalogues.ts";
import { useLanguage } from "./language.ts";
import { type Language, languages } from "./languages.ts";

/** A select of the language of the page. Empty for an app in one language. */
export function LanguageSelect() {
  const language = useLanguage();
  const choices = availableLanguages();
  const [failed, setFailed] = useState(false);
  if (choices.length === 1) return null;
  return (
    <div className="grid w-40 gap-2">
      <NativeSelect
        aria-label={t`Language`}
        className="h-9"
        data-testid="language"
        data-language-switch
        onChange={({ target }) => switchLanguage(target.value as Language).catch(() => setFailed(true))}
        value={language}
      >
        {choices.map((choice) => (
          <NativeSelectOption key={choice} lang={choice} value={choice}>
            {languages[choice].name}
          </NativeSelectOption>
        ))}
      </NativeSelect>
      <LanguageError failed={failed} />
    </div>
  );
}

/** Says that a language could not be loaded. */
export function LanguageError({ failed }: { failed: boolean }) {
  if (!failed) return null;
  return (
    <p className="max-w-52 px-2 py-1 text-destructive text-xs" role="alert">
      <Trans>The language could not be loaded. Check the connection and try again.</Trans>
    </p>
  );
}
