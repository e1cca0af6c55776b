import { t } from "@lingui/core/macro";
import { Popover, PopoverAnchor, PopoverContent } from "@metrica/ui/components/ui/popover.tsx";
import { addCatalogue } from "@metrica/ui/language/catalogues.ts";
import { Link } from "@tanstack/react-router";
import type { RefObject } from "react";
import { type DefinedNumber, defineNumber } from "./definitions.ts";

// The page that shows the popover does not load these messages with its own.
await addCatalogue((language) => import(`./locales/${language}.po`));

interface DefinitionPopoverProps {
  number: DefinedNumber;
  /** The button that it belongs to. It keeps the focus. */
  button: RefObject<HTMLButtonElement | null>;
  id: string;
  onClose: () => void;
}

/** How a number is counted, beside its button. The link to the help page follows the button in the order of the tab key. */
export function DefinitionPopover({ number, button, id, onClose }: DefinitionPopoverProps) {
  const { name, text } = defineNumber(number);
  return (
    <Popover onOpenChange={(open) => !open && onClose()} open>
      <PopoverAnchor virtualRef={button as RefObject<HTMLButtonElement>} />
      <PopoverContent
        aria-label={name}
        className="w-72 text-left text-sm"
        data-testid="definition"
        id={id}
        inline
        onCloseAutoFocus={(event) => event.preventDefault()}
        onInteractOutside={(event) => {
          if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault();
        }}
        onOpenAutoFocus={(event) => event.preventDefault()}
      >
        <p>{text}</p>
        <Link
          className="mt-2 inline-block min-h-6 text-primary underline underline-offset-2"
          hash={number}
          onKeyDown={(event) => {
            // Radix keeps the tab key within a popover. This one is no dialog: the key leads on through the page.
            if (event.key === "Tab") event.stopPropagation();
          }}
          to="/help"
        >
          {t`How all numbers are counted`}
        </Link>
      </PopoverContent>
    </Popover>
  );
}
