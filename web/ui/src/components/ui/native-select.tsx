import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../../lib/utils.ts";

/** A select of the browser: on a phone it opens the picker of the system. */
export function NativeSelect({ className, ...props }: ComponentProps<"select">) {
  return (
    <div className="relative w-full has-[select:disabled]:opacity-50" data-slot="native-select-wrapper">
      <select
        className={cn(
          "h-10 w-full min-w-0 appearance-none rounded-lg border border-input bg-card pr-9 pl-3 text-foreground text-sm disabled:cursor-not-allowed aria-invalid:border-destructive",
          className,
        )}
        data-slot="native-select"
        {...props}
      />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </div>
  );
}

export function NativeSelectOption(props: ComponentProps<"option">) {
  return <option data-slot="native-select-option" {...props} />;
}
