import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { useState } from "react";

/** A command in full, with a button that copies it. */
export function CommandBlock({ command, testId }: { command: string; testId: string }) {
  const [copied, setCopied] = useState<{ command: string; label: string } | null>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(command);
      setCopied({ command, label: t`Copied` });
    } catch {
      setCopied({ command, label: t`Select the text to copy it` });
    }
  }

  return (
    <div className="grid gap-2">
      <HorizontalScroll
        className="rounded-lg bg-muted px-4 py-3"
        label={t({ message: "Command", context: "of a shell" })}
      >
        <pre className="text-[13px] leading-relaxed">
          <code data-testid={testId}>{command}</code>
        </pre>
      </HorizontalScroll>
      <Button
        className="justify-self-start"
        data-testid={`${testId}-copy`}
        onClick={() => void copy()}
        size="sm"
        type="button"
        variant="outline"
      >
        <span role="status">{copied?.command === command ? copied.label : t`Copy the command`}</span>
      </Button>
    </div>
  );
}
