import { t } from "@lingui/core/macro";
import { useState } from "react";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";

interface CopyableSecretProps {
  /** Says that the secret is shown only once, and where it is needed. */
  message: string;
  secret: string;
  testId: string;
  onDone: () => void;
}

/** A secret that is shown once, with a button that copies it. */
export function CopyableSecret({ message, secret, testId, onDone }: CopyableSecretProps) {
  return (
    <div className="grid gap-4">
      <Alert variant="warning">
        <AlertDescription>{message}</AlertDescription>
      </Alert>
      <div className="flex items-center gap-2">
        <code
          className="min-w-0 flex-1 break-all rounded-lg bg-muted px-3 py-2.5 text-[13px]"
          data-testid={testId}
        >
          {secret}
        </code>
        <CopyButton text={secret} />
      </div>
      <Button className="justify-self-end" onClick={onDone} type="button">
        {t`Done`}
      </Button>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [label, setLabel] = useState(t`Copy`);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setLabel(t`Copied`);
    } catch {
      setLabel(t`Select the text to copy it`);
    }
  }
  return (
    <Button onClick={() => void copy()} type="button" variant="outline">
      <span role="status">{label}</span>
    </Button>
  );
}
