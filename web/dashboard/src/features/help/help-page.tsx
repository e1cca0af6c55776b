import { t } from "@lingui/core/macro";
import { type KeyDescription, KeyTable } from "@metrica/ui/keyboard/key-table.tsx";
import { helpKeys, paletteKeys, searchKeys } from "@metrica/ui/keyboard/shortcuts.ts";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { definedNumbers, defineNumber } from "./definitions.ts";

/** The keys of the pages, and what they do. */
function describeKeys(): KeyDescription[] {
  return [
    { keys: ["d", "w", "m", "y"], meaning: t`Day, week, month, year` },
    { keys: ["arrowleft", "arrowright"], meaning: t`Earlier, later` },
    { keys: ["t"], meaning: t`Today` },
    { keys: ["x"], meaning: t`Next comparison: the period before, a year before, none` },
    { keys: [paletteKeys], meaning: t`Search and commands: stores, pages, periods, settings` },
    { keys: [searchKeys], meaning: t`Search stores` },
    { keys: [helpKeys], meaning: t`This page` },
  ];
}

/** How each number is counted, and the keys. The fragment of the address leads to one of them. */
export function HelpPage() {
  const title = t`How the numbers are counted`;
  useDocumentTitle(title);
  return (
    <>
      <h1 className="mb-6 font-semibold text-2xl tracking-tight sm:text-[28px]">{title}</h1>
      <div className="grid max-w-3xl grid-cols-1 gap-4">
        {definedNumbers.map((number) => {
          const { name, text } = defineNumber(number);
          return (
            <div
              className="scroll-mt-4 rounded-2xl target:outline-2 target:outline-ring"
              id={number}
              key={number}
            >
              <Panel title={name}>
                <p className="text-sm">{text}</p>
              </Panel>
            </div>
          );
        })}
        <Panel title={t`Keys`}>
          <KeyTable rows={describeKeys()} />
          <p className="mt-3 text-[13px] text-muted-foreground">{t`They can be switched off in the settings.`}</p>
        </Panel>
      </div>
    </>
  );
}
