import type { HealthCamera, HealthStore } from "@metrica/client/admin.ts";
import { describe, expect, it } from "vitest";
import { parseStoresSearch, selectStores } from "./search.ts";

function camera(name: string, changes: Partial<HealthCamera> = {}): HealthCamera {
  return {
    name,
    camera_id: `id-of-${name}`,
    status: "online",
    worker_version: null,
    problems: [],
    ...changes,
  } as HealthCamera;
}

const problem = {
  type: "picture_frozen",
  detail: "Frozen.",
  remedy: "Restart.",
} as unknown as HealthCamera["problems"][0];

const stores = [
  {
    store_id: "1",
    name: "Zürich",
    cameras: [camera("Door", { status: "offline", backlog: 3, worker_version: "0.2.0" })],
  },
  {
    store_id: "2",
    name: "Bakery",
    cameras: [camera("Entrance", { worker_version: "0.1.0" }), camera("Gate", { problems: [problem] })],
  },
  { store_id: "3", name: "Annex", cameras: [] },
].map((store) => ({ timezone: "UTC", ...store })) satisfies HealthStore[];

const names = (...search: Parameters<typeof parseStoresSearch>) =>
  selectStores(stores, parseStoresSearch(...search)).map(({ name }) => name);

describe("the list of stores", () => {
  it("is in the order of the API, by name, or by the number of cameras", () => {
    expect(names({})).toEqual(["Zürich", "Bakery", "Annex"]);
    expect(names({ sort: "name" })).toEqual(["Annex", "Bakery", "Zürich"]);
    expect(names({ sort: "cameras" })).toEqual(["Bakery", "Zürich", "Annex"]);
  });

  it("is searched by the names and ids of stores and cameras, without accents", () => {
    expect(names({ q: "zurich" })).toEqual(["Zürich"]);
    expect(names({ q: "ENTR" })).toEqual(["Bakery"]);
    expect(names({ q: "id-of-Door" })).toEqual(["Zürich"]);
    expect(names({ q: 2 })).toEqual(["Bakery"]);
    expect(names({ q: "nothing" })).toEqual([]);
  });

  it("is filtered by the state of the cameras", () => {
    expect(names({ show: "offline" })).toEqual(["Zürich"]);
    expect(names({ show: "problems" })).toEqual(["Bakery"]);
    expect(names({ show: "never_seen" })).toEqual([]);
    expect(names({ show: "picture" })).toEqual(["Bakery"]);
    expect(names({ show: "backlog" })).toEqual(["Zürich"]);
    expect(names({ show: "outdated" })).toEqual(["Bakery"]);
    expect(names({ show: "nonsense", sort: 3, q: "" })).toHaveLength(3);
  });
});
