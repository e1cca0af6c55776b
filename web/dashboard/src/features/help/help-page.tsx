import { t } from "@lingui/core/macro";
import { Panel } from "@metrica/ui/panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { definedNumbers, defineNumber } from "./definitions.ts";

/** How each number is counted. The fragment of the address leads to one of them. */
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
      </div>
    </>
  );
}
