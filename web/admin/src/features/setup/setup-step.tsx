import { t } from "@lingui/core/macro";
import { Card } from "@metrica/ui/components/ui/card.tsx";
import { cn } from "@metrica/ui/lib/utils.ts";
import { Check, ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

interface SetupStepProps {
  /** For test ids. */
  name: string;
  /** 1 is the first. */
  number: number;
  title: string;
  /** The line under the title: what was set, or what is missing. */
  summary: string;
  state: "done" | "current" | "todo";
  open: boolean;
  /** Whether the step can be opened: it needs what earlier steps make. */
  enabled: boolean;
  onToggle: () => void;
  children: ReactNode;
}

function stateText(state: SetupStepProps["state"]): string {
  const texts = { done: t`done`, current: t`to do now`, todo: t`to do` };
  return texts[state];
}

/** A step of the setup: a heading that opens it, and its content. */
export function SetupStep({
  name,
  number,
  title,
  summary,
  state,
  open,
  enabled,
  onToggle,
  children,
}: SetupStepProps) {
  const id = useId();
  // What was begun in a step, such as a drawing or a command with a key, is not lost when the step is closed.
  const [wasOpened, setWasOpened] = useState(open);
  if (open && !wasOpened) setWasOpened(true);
  return (
    <li>
      <Card data-state={state} data-testid={`setup-${name}`}>
        <h2>
          <button
            aria-controls={id}
            aria-expanded={open}
            className="flex w-full items-center gap-3 rounded-2xl px-4 py-4 text-left disabled:cursor-default sm:px-6"
            data-testid={`setup-${name}-toggle`}
            disabled={!enabled}
            onClick={onToggle}
            type="button"
          >
            <span
              className={cn(
                "grid size-7 shrink-0 place-items-center rounded-full font-semibold text-[13px] tabular-nums",
                state === "done" && "bg-success-muted text-success",
                state === "current" && "bg-primary text-primary-foreground",
                state === "todo" && "bg-muted text-muted-foreground",
              )}
            >
              {state === "done" ? <Check aria-hidden="true" className="size-4" /> : number}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block font-semibold text-[15px] tracking-tight">
                {title}
                <span className="sr-only">, {stateText(state)}</span>
              </span>
              <span className="block break-words font-normal text-[13px] text-muted-foreground">
                {summary}
              </span>
            </span>
            {enabled && (
              <ChevronDown
                aria-hidden="true"
                className={cn("size-4 shrink-0 text-muted-foreground", open && "rotate-180")}
              />
            )}
          </button>
        </h2>
        <div className={open ? "px-4 pb-5 sm:px-6 sm:pb-6" : ""} hidden={!open} id={id}>
          {wasOpened && children}
        </div>
      </Card>
    </li>
  );
}
