import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";

const parts = ["add-store", "edit-store", "add-camera", "add-key", "invite"] as const;

/** A form of a page that its address can open. */
export type FormPart = (typeof parts)[number];

/** The search parameter that opens a form when the page is opened: `/?open=add-store`. */
export interface OpenSearch {
  open?: FormPart | undefined;
}

/** Parses the search parameter. An unknown value is ignored. */
export function parseOpenSearch({ open }: Record<string, unknown>): OpenSearch {
  const part = parts.find((known) => known === open);
  return part === undefined ? {} : { open: part };
}

/** Opens a form when the address asks for it. The address forgets it then, so that a reload does not open the form again. */
export function useOpenFromAddress(part: FormPart, open: () => void): void {
  const asked = useSearch({ strict: false }).open;
  const navigate = useNavigate();
  const handle = useEffectEvent(() => {
    open();
    void navigate({
      to: ".",
      search: (present) => ({ ...present, open: undefined }),
      replace: true,
      resetScroll: false,
    });
  });
  useEffect(() => {
    if (asked === part) handle();
  }, [asked, part]);
}
