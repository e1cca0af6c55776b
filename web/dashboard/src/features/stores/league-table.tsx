import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { StoreSummary } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatChange, formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { shortcutsPreference } from "@metrica/ui/preference.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useEffect, useMemo, useRef, useState } from "react";
import { useServices } from "#shared/services.ts";
import { storesOfPeriodQuery } from "./api/get-stores.ts";
import { type LeagueRow, leagueDates, leagueTotals, searchLeague, toLeague } from "./league.ts";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});
const column = createColumnHelper<typeof features, LeagueRow>();
const numeric = { sortFn: "basic", sortUndefined: "last", sortDescFirst: true } as const;
/** The columns in the language of the page. */
const createColumns = () =>
  column.columns([
    column.accessor("name", {
      header: t`Store`,
      sortFn: "alphanumeric",
      cell: ({ row }) => (
        <Link
          className="rounded font-medium hover:text-accent-foreground"
          params={{ storeId: row.original.store.store_id }}
          to="/stores/$storeId"
        >
          {row.original.name}
        </Link>
      ),
    }),
    column.accessor("occupancy", {
      header: t`Inside now`,
      ...numeric,
      cell: (cell) => formatCount(cell.getValue()),
    }),
    column.accessor("visitorsToday", {
      header: t`Visitors today`,
      ...numeric,
      cell: (cell) => formatCount(cell.getValue()),
    }),
    column.accessor("visitors", {
      header: t`Last 7 days`,
      ...numeric,
      cell: ({ row }) => <Visitors row={row.original} />,
    }),
    column.accessor("change", {
      header: t`Change`,
      ...numeric,
      cell: ({ row }) => <Change before={row.original.before} change={row.original.change} />,
    }),
  ]);

const sortMarks: Partial<Record<string, string>> = { asc: "▲", desc: "▼" };

interface LeagueTableProps {
  stores: readonly StoreSummary[];
  asOf: string;
}

/** The stores of the user in a table that can be searched and sorted. */
export function LeagueTable({ stores, asOf }: LeagueTableProps) {
  const { owner } = useServices();
  const dates = leagueDates(stores, asOf);
  const current = useQuery(storesOfPeriodQuery(owner, dates.current));
  const before = useQuery(storesOfPeriodQuery(owner, dates.before));
  return (
    <Panel
      description={t`The last seven complete days, and the seven days before`}
      title={t`Stores compared`}
    >
      <LoadingPanel query={current} skeleton={<Skeleton className="h-40" />}>
        {(currentStores) => (
          <LoadingPanel query={before} skeleton={<Skeleton className="h-40" />}>
            {(storesBefore) => <League rows={toLeague(stores, currentStores.stores, storesBefore.stores)} />}
          </LoadingPanel>
        )}
      </LoadingPanel>
    </Panel>
  );
}

function League({ rows }: { rows: readonly LeagueRow[] }) {
  const [text, setText] = useState("");
  const found = useMemo(() => searchLeague(rows, text), [rows, text]);
  const columns = useMemo(createColumns, []);
  const table = useTable({
    features,
    columns,
    data: found,
    enableSortingRemoval: false,
    getRowId: (row) => row.store.store_id,
    initialState: { sorting: [{ id: "name", desc: false }] },
  });
  const totals = leagueTotals(found);
  const [comparable, all] = [formatCount(totals.stores), formatCount(found.length)];
  return (
    <>
      <SearchInput onChange={setText} text={text} />
      <HorizontalScroll className="mt-3" label={t`Table of the stores`}>
        <table className="w-full min-w-xl text-right text-sm tabular-nums" data-testid="league">
          <caption className="sr-only">{t`Stores with their visitors and the change`}</caption>
          <thead className="text-muted-foreground text-xs">
            {table.getHeaderGroups().map((group) => (
              <tr className="border-border border-b" key={group.id}>
                {group.headers.map((header) => (
                  <th
                    aria-sort={ariaSort(header.column.getIsSorted())}
                    className="py-1 font-normal first:text-left"
                    key={header.id}
                    scope="col"
                  >
                    <button
                      className="min-h-6 rounded px-1 hover:text-foreground"
                      onClick={() => header.column.toggleSorting()}
                      type="button"
                    >
                      <table.FlexRender header={header} />
                      <span aria-hidden="true" className="ml-1 inline-block w-2">
                        {sortMarks[String(header.column.getIsSorted())]}
                      </span>
                    </button>
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr className="border-border border-b *:py-2" data-testid="league-row" key={row.id}>
                {row.getAllCells().map((cell) => (
                  <td className="px-1 first:text-left" key={cell.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="font-medium *:px-1 *:pt-2" data-testid="league-total">
              <th className="text-left font-medium" colSpan={3} scope="row">
                <Trans>
                  Total of the {comparable} comparable of {all} stores
                </Trans>
              </th>
              <td>{totals.stores === 0 ? "–" : formatCount(totals.visitors)}</td>
              <td>
                <Change before={totals.stores === 0 ? undefined : totals.before} change={totals.change} />
              </td>
            </tr>
          </tfoot>
        </table>
      </HorizontalScroll>
      {found.length === 0 && (
        <p className="mt-3 text-muted-foreground text-sm">{t`No store has this name.`}</p>
      )}
    </>
  );
}

/** The search by name. The key `/` leads to it, unless shortcuts are off. */
function SearchInput({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function focus(event: KeyboardEvent) {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select");
      if (event.key !== "/" || isTyping || shortcutsPreference.get() === "off") return;
      event.preventDefault();
      input.current?.focus();
    }
    window.addEventListener("keydown", focus);
    return () => window.removeEventListener("keydown", focus);
  }, []);
  return (
    <Input
      aria-label={t`Search stores`}
      className="max-w-xs"
      data-testid="league-search"
      onChange={(event) => onChange(event.target.value)}
      placeholder={t`Search stores`}
      ref={input}
      type="search"
      value={text}
    />
  );
}

function Visitors({ row: { visitors, coverage } }: { row: LeagueRow }) {
  const isPartial = coverage !== undefined && coverage < 0.9;
  const share = formatShare(coverage);
  return (
    <>
      {isPartial && (
        <Badge className="mr-2" data-testid="coverage" variant="warning">
          <Trans>{share} coverage</Trans>
        </Badge>
      )}
      {formatCount(visitors)}
    </>
  );
}

/** The change with its baseline. */
function Change({ change, before }: { change: number | undefined; before: number | undefined }) {
  const visitors = formatCount(before);
  return (
    <>
      {formatChange(change)}
      <span className="ml-2 text-muted-foreground text-xs">
        <Trans>from {visitors}</Trans>
      </span>
    </>
  );
}

function ariaSort(sorted: false | "asc" | "desc") {
  if (sorted === false) return "none";
  return sorted === "asc" ? "ascending" : "descending";
}
