import { t } from "@lingui/core/macro";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { useSearchKey } from "@metrica/ui/keyboard/use-search-key.ts";
import { useRef, useState } from "react";

interface StoreSearchInputProps {
  /** The text of the address. */
  text: string;
  onChange: (text: string) => void;
}

/** The search by name. The key `/` leads to it, unless shortcuts are off. */
export function StoreSearchInput({ text, onChange }: StoreSearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  // The address follows what is typed a moment later. Until then, the typed text is shown.
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === text) setTyped(null);
  useSearchKey(input);
  return (
    <Input
      aria-label={t`Search stores`}
      className="max-w-xs"
      data-testid="league-search"
      maxLength={100}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(event.target.value);
      }}
      placeholder={t`Search stores`}
      ref={input}
      type="search"
      value={typed ?? text}
    />
  );
}
