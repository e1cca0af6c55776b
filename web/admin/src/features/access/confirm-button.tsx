import { Button } from "@metrica/ui/button.tsx";
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
      <Button busy={busy} variant="destructive-outline" onClick={() => setConfirming(true)} size="small">
        {label}
      </Button>
    );
  }
  return (
    <Button
      autoFocus
      className="bg-critical-soft"
      variant="destructive-outline"
      onBlur={() => setConfirming(false)}
      onClick={() => {
        setConfirming(false);
        onConfirm();
      }}
      size="small"
    >
      {question}
    </Button>
  );
}
