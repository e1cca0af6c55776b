import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { CompareMode, MatchMode } from "@metrica/client/owner.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@metrica/ui/components/ui/dropdown-menu.tsx";
import { useNavigate } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { compareButtonLabel, compareLabel } from "./compare-labels.ts";
import { compareModes, matchModes, toSearch, type View } from "./search.ts";

/** The menu of the comparison. It opens when it is mounted: it loads with the first click on its button. */
export function CompareMenu({ storeId, view }: { storeId: string; view: View }) {
  const navigate = useNavigate();
  const matchLabels: Record<MatchMode, string> = { weekday: t`Same weekdays`, date: t`Same dates` };
  const show = (changes: Partial<Pick<View, "compare" | "match">>) =>
    void navigate({
      to: "/stores/$storeId",
      params: { storeId },
      search: toSearch({ ...view, ...changes }),
      resetScroll: false,
    });
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <Button data-testid="compare" size="sm" type="button" variant="outline">
          {compareButtonLabel(view.compare)}
          <ChevronDown aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>
          <Trans>Compare with</Trans>
        </DropdownMenuLabel>
        <DropdownMenuRadioGroup
          onValueChange={(value) => show({ compare: value as CompareMode })}
          value={view.compare}
        >
          {compareModes.map((mode) => (
            <DropdownMenuRadioItem data-testid={`compare-${mode}`} key={mode} value={mode}>
              {compareLabel(mode)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>
          <Trans>Match days by</Trans>
        </DropdownMenuLabel>
        <DropdownMenuRadioGroup
          onValueChange={(value) => show({ match: value as MatchMode })}
          value={view.match}
        >
          {matchModes.map((mode) => (
            <DropdownMenuRadioItem
              data-testid={`match-${mode}`}
              disabled={view.compare === "none"}
              key={mode}
              value={mode}
            >
              {matchLabels[mode]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
