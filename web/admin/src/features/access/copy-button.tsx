import { Button } from "@metrica/ui/button.tsx";
import { useState } from "react";

/** Copies a text; says so, or that the browser does not let it. */
export function CopyButton({ text }: { text: string }) {
  const [said, setSaid] = useState("Copy");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid("Select and copy it by hand");
    }
  }
  return <Button onClick={() => void copy()}>{said}</Button>;
}
