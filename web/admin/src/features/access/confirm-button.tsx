import { Button } from "@metrica/ui/components/ui/button.tsx";
import { useState } from "react";

interface ConfirmButtonProps {
  label: string;
  question: string;
  busy: boolean;
  onConfirm: () => void;
}

/** A button that asks for confirmation with a second click. It resets when it loses the focus. */
export function ConfirmButton({ label, question, busy, onConfirm }: ConfirmButtonProps) {
  const [confirming, setConfirming] = useState(false);
  if (!confirming) {
    return (
      <Button
        type="button"
        disabled={busy}
        variant="outline"
        className="text-destructive hover:bg-destructive-muted hover:text-destructive"
        onClick={() => setConfirming(true)}
        size="sm"
      >
        {label}
      </Button>
    );
  }
  return (
    <Button
      type="button"
      autoFocus
      className="bg-destructive-muted text-destructive hover:bg-destructive-muted hover:text-destructive"
      variant="outline"
      onBlur={() => setConfirming(false)}
      onClick={() => {
        setConfirming(false);
        onConfirm();
      }}
      size="sm"
    >
      {question}
    </Button>
  );
}
