import { t } from "@lingui/core/macro";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { Fragment } from "react";
import { definedNumbers, defineNumber } from "./definitions.ts";

/** The keys of the pages, and what they do. */
function describeKeys(): { key: string; meaning: string }[] {
  return [
    { key: "D W M Y", meaning: t`Day, week, month, year` },
    { key: "← →", meaning: t`Earlier, later` },
    { key: "T", meaning: t`Today` },
    { key: "X", meaning: t`Next comparison: the period before, a year before, none` },
    { key: "⌘ K, Ctrl K", meaning: t`Search and commands: stores, pages, periods, settings` },
    { key: "/", meaning: t`Search stores` },
    { key: "?", meaning: t`This page` },
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
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
            {describeKeys().map(({ key, meaning }) => (
              <Fragment key={key}>
                <dt className="font-medium">{key}</dt>
                <dd>{meaning}</dd>
              </Fragment>
            ))}
          </dl>
          <p className="mt-3 text-[13px] text-muted-foreground">{t`They can be switched off in the settings.`}</p>
        </Panel>
      </div>
    </>
  );
}
