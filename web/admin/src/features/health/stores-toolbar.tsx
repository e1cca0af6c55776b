import { t } from "@lingui/core/macro";
import { Input } from "@metrica/ui/components/ui/input.tsx";
import { NativeSelect, NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { useSearchKey } from "@metrica/ui/keyboard/use-search-key.ts";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { parseStoresSearch, type StoresSearch } from "./search.ts";

/** The search, the filter and the order of the list of stores. They are in the address, so that a link keeps them. */
export function StoresToolbar({ search }: { search: StoresSearch }) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  useSearchKey(input);
  // The address follows the text a moment later, so that the input has its own state.
  const [text, setText] = useState(search.q ?? "");
  useEffect(() => {
    if (search.q === undefined) setText("");
  }, [search.q]);
  const change = (changes: Record<string, string>) =>
    void navigate({ to: "/", search: parseStoresSearch({ ...search, ...changes }), replace: true });
  return (
    <search className="grid gap-3 md:grid-cols-[1fr_auto_auto]">
      <Input
        aria-label={t`Search stores and cameras`}
        data-testid="stores-search"
        onChange={(event) => {
          setText(event.target.value);
          change({ q: event.target.value });
        }}
        placeholder={t`Search stores and cameras`}
        ref={input}
        type="search"
        value={text}
      />
      <NativeSelect
        aria-label={t({ message: "Show", context: "a filter" })}
        data-testid="stores-show"
        onChange={(event) => change({ show: event.target.value })}
        value={search.show ?? ""}
      >
        <NativeSelectOption value="">{t`All stores`}</NativeSelectOption>
        <NativeSelectOption value="problems">{t`With problems`}</NativeSelectOption>
        <NativeSelectOption value="offline">{t`With offline cameras`}</NativeSelectOption>
        <NativeSelectOption value="never_seen">{t`Not connected yet`}</NativeSelectOption>
        <NativeSelectOption value="picture">{t`With a problem of the picture`}</NativeSelectOption>
        <NativeSelectOption value="backlog">{t`With crossings that wait or were refused`}</NativeSelectOption>
        <NativeSelectOption value="outdated">{t`With an outdated worker`}</NativeSelectOption>
        <NativeSelectOption value="count_check">{t`With an overdue count check`}</NativeSelectOption>
      </NativeSelect>
      <NativeSelect
        aria-label={t({ message: "Order", context: "of a list" })}
        data-testid="stores-sort"
        onChange={(event) => change({ sort: event.target.value })}
        value={search.sort ?? ""}
      >
        <NativeSelectOption value="">{t`Offline first`}</NativeSelectOption>
        <NativeSelectOption value="name">{t`By name`}</NativeSelectOption>
        <NativeSelectOption value="cameras">{t`Most cameras first`}</NativeSelectOption>
      </NativeSelect>
    </search>
  );
}
