import { Button } from "@metrica/ui/button.tsx";
import { useState } from "react";

interface ConfirmButtonProps {
  label: string;
  question: string;
  busy: boolean;
  onConfirm: () => void;
}

/** A button that asks once more before it does what cannot be undone. Leaving it takes the question back. */
export function ConfirmButton({ label, question, busy, onConfirm }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button busy={busy} look="danger" onClick={() => setAsking(true)} size="small">
        {label}
      </Button>
    );
  }
  return (
    <Button
      autoFocus
      className="bg-critical-soft"
      look="danger"
      onBlur={() => setAsking(false)}
      onClick={() => {
        setAsking(false);
        onConfirm();
      }}
      size="small"
    >
      {question}
    </Button>
  );
}
