import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { StoreSummary } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { formatChange, formatCount, formatShare } from "@metrica/ui/format/number.ts";
import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { cn } from "@metrica/ui/lib/utils.ts";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import { noteLabel } from "#shared/note-labels.ts";
import { useServices } from "#shared/services.ts";
import { storesOfWeekQuery } from "./api/get-stores.ts";
import { type LeagueRow, lastLeagueDate, leagueTotals, searchLeague, toLeague } from "./league.ts";
import { type LeagueColumn, type LeagueOrder, toLeagueOrder, toStoresSearch } from "./search.ts";
import { StoreSearchInput } from "./store-search-input.tsx";

const route = getRouteApi("/_signed-in/");

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
      cell: ({ row }) => <ChangeOfRow row={row.original} />,
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
  const week = useQuery(storesOfWeekQuery(owner, lastLeagueDate(stores, asOf)));
  return (
    <Panel
      description={t`The last seven complete days, and the seven days before`}
      title={t`Stores compared`}
    >
      <LoadingPanel query={week} skeleton={<Skeleton className="h-40" />}>
        {(ofWeek) => <League rows={toLeague(stores, ofWeek.stores)} />}
      </LoadingPanel>
    </Panel>
  );
}

/** The order and the text of the search, which the address holds. */
function useLeagueSearch() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const order = toLeagueOrder(search);
  const { search: text = "" } = search;
  function open(nextOrder: LeagueOrder, nextText: string, replace: boolean) {
    void navigate({ to: "/", search: toStoresSearch(nextOrder, nextText), replace, resetScroll: false });
  }
  return {
    order,
    text,
    setOrder: (next: LeagueOrder) => open(next, text, false),
    // A search is one entry of the history, not one for each letter.
    setText: (next: string) => open(order, next, text !== ""),
  };
}

function League({ rows }: { rows: readonly LeagueRow[] }) {
  const { order, text, setOrder, setText } = useLeagueSearch();
  const found = useMemo(() => searchLeague(rows, text), [rows, text]);
  const columns = useMemo(createColumns, []);
  const table = useTable({
    features,
    columns,
    data: found,
    enableSortingRemoval: false,
    getRowId: (row) => row.store.store_id,
    state: { sorting: [{ id: order.column, desc: order.descending }] },
    onSortingChange: (update) => {
      const [next] =
        typeof update === "function" ? update([{ id: order.column, desc: order.descending }]) : update;
      if (next !== undefined) setOrder({ column: next.id as LeagueColumn, descending: next.desc });
    },
  });
  const totals = leagueTotals(found);
  const [comparable, all] = [formatCount(totals.stores), formatCount(found.length)];
  return (
    <>
      <StoreSearchInput onChange={setText} text={text} />
      <HorizontalScroll className="mt-3" label={t`Table of the stores`}>
        <table className="w-full min-w-xl text-right text-sm tabular-nums" data-testid="league">
          <caption className="sr-only">{t`Stores with their visitors and the change`}</caption>
          <thead className="text-muted-foreground text-xs">
            {table.getHeaderGroups().map((group) => (
              <tr className="border-border border-b" key={group.id}>
                {group.headers.map((header, index) => (
                  <th
                    aria-sort={ariaSort(header.column.getIsSorted())}
                    className="py-1 font-normal first:text-left"
                    key={header.id}
                    scope="col"
                  >
                    <button
                      // Numbers are on the right: the mark is left of their header, so that both end at the same edge.
                      className={cn(
                        "inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-foreground",
                        index > 0 && "flex-row-reverse",
                      )}
                      onClick={() => header.column.toggleSorting()}
                      type="button"
                    >
                      <table.FlexRender header={header} />
                      <span aria-hidden="true" className="w-2">
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

/** The change of a store with its baseline, and why there is none. */
function ChangeOfRow({ row: { change, before, note } }: { row: LeagueRow }) {
  return (
    <>
      <Change before={before} change={change} />
      {note !== null && <span className="block text-muted-foreground text-xs">{noteLabel(note)}</span>}
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
