import { t } from "@lingui/core/macro";
import { CircleHelp } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import type { DefinedNumber } from "#features/help/definitions.ts";

const DefinitionPopover = lazy(() =>
  import("#features/help/definition-popover.tsx").then((module) => ({ default: module.DefinitionPopover })),
);

/** How long the pointer may be on its way from the button to the popover, in milliseconds. */
const leaveDelayMs = 200;

interface DefinitionButtonProps {
  number: DefinedNumber;
  /** The name of the number on the page. */
  name: string;
}

/**
 * The button that says how a number is counted. The definition opens while the mouse or the focus is on it; a click or a tap keeps it
 * open until the next one. Escape closes it.
 */
export function DefinitionButton({ number, name }: DefinitionButtonProps) {
  const [state, setState] = useState<"closed" | "shown" | "kept">("closed");
  const button = useRef<HTMLButtonElement>(null);
  const leaving = useRef<number | undefined>(undefined);
  const id = useId();
  useEffect(() => () => window.clearTimeout(leaving.current), []);
  const show = () => setState((current) => (current === "closed" ? "shown" : current));
  const hide = () => setState((current) => (current === "shown" ? "closed" : current));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this is a button with its popover
    <span
      aria-label={name}
      className="inline-flex print:hidden"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setState("closed");
      }}
      onPointerEnter={(event) => {
        window.clearTimeout(leaving.current);
        if (event.pointerType === "mouse") show();
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === "mouse") leaving.current = window.setTimeout(hide, leaveDelayMs);
      }}
      role="group"
    >
      <button
        aria-controls={state === "closed" ? undefined : id}
        aria-expanded={state !== "closed"}
        aria-label={t`How is this counted? ${name}`}
        className="-m-1 inline-flex size-6 items-center justify-center rounded-full text-muted-foreground hover:text-foreground"
        data-testid={`define-${number}`}
        onClick={() => setState((current) => (current === "kept" ? "closed" : "kept"))}
        onFocus={(event) => {
          if (event.currentTarget.matches(":focus-visible")) show();
        }}
        ref={button}
        type="button"
      >
        <CircleHelp aria-hidden="true" className="size-3.5" />
      </button>
      {state !== "closed" && (
        <Suspense>
          <DefinitionPopover button={button} id={id} number={number} onClose={() => setState("closed")} />
        </Suspense>
      )}
    </span>
  );
}
