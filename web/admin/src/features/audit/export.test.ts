import type { AuditEntry } from "@metrica/client/admin.ts";
import { expect, it } from "vitest";
import { toCsv } from "./export.ts";

const entry: AuditEntry = {
  entry_id: 1,
  at: "2026-11-26T10:32:00Z",
  actor_id: "1",
  actor_email: "anna@example.com",
  action: "store.change",
  subject_type: "store",
  subject_id: "2",
  store_id: "2",
  before: { name: 'The "old" shop', capacity: 60 },
  after: { name: "Shop, new", capacity: 80 },
};

it("has a line for each entry, in words, with quotes where a value needs them", () => {
  expect(toCsv([entry], new Map([["2", "Corner shop"]]))).toBe(
    "Time (UTC),Action,User,Store,Subject,Changes,Code\r\n" +
      "2026-11-26T10:32:00Z,Store changed,anna@example.com,Corner shop,2," +
      '"Capacity: 60 → 80; Name: The ""old"" shop → Shop, new",store.change\r\n',
  );
});

it("does not hand a formula to a spreadsheet", () => {
  const formula = { ...entry, actor_email: '=HYPERLINK("https://evil.example")' };
  expect(toCsv([formula], new Map())).toContain('"\'=HYPERLINK(""https://evil.example"")"');
});
