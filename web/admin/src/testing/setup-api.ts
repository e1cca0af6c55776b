import type { Camera, Crossings } from "@metrica/client/admin.ts";
import { HttpResponse, http } from "msw";
import { beforeEach } from "vitest";
import { cameraAnswer, crossingsAnswer } from "./fixtures.ts";
import { apiUrl, server } from "./render-app.tsx";

/** A camera that was added, and one whose edge box has reported. */
export const added = { last_seen_at: null, snapshot_at: null, line: null, status: "never_seen" } as const;
export const connected = { ...added, last_seen_at: "2026-11-26T10:00:00Z", status: "online" } as const;

interface SetupState {
  cameras: Camera[];
  crossings: Crossings;
  /** The addresses of the owners. */
  people: string[];
  keys: { used: boolean }[];
  /** What was requested, in words. */
  posts: string[];
}

const nothing = (): SetupState => ({
  cameras: [],
  crossings: crossingsAnswer(),
  people: [],
  keys: [],
  posts: [],
});

/** What the API knows about the store that is being set up. Each test begins with nothing, and changes it. */
export const setup = nothing();

/** Answers from `setup` in the tests of a file. */
export function serveSetup() {
  beforeEach(() => {
    Object.assign(setup, nothing());
    server.use(
      http.get(`${apiUrl}/admin/stores/:store/cameras`, () => HttpResponse.json({ cameras: setup.cameras })),
      http.post(`${apiUrl}/admin/stores/:store/cameras`, () => {
        setup.cameras = [cameraAnswer(added)];
        return HttpResponse.json(setup.cameras[0], { status: 201 });
      }),
      http.get(`${apiUrl}/admin/stores/:store/worker-keys`, () =>
        HttpResponse.json({
          worker_keys: setup.keys.map(({ used }, index) => ({
            worker_key_id: String(index),
            name: "Setup of Door",
            hint: "abcd",
            created_at: "2026-11-26T09:00:00Z",
            created_by: null,
            last_used_at: used ? "2026-11-26T09:30:00Z" : null,
            revoked_at: null,
          })),
        }),
      ),
      http.post(`${apiUrl}/admin/stores/:store/worker-keys`, () => {
        setup.keys = [...setup.keys, { used: false }];
        return HttpResponse.json(
          { worker_key_id: "1", name: "x", hint: "cret", key: "mk_secret" },
          { status: 201 },
        );
      }),
      http.post(`${apiUrl}/admin/cameras/:camera/snapshot-request`, () => {
        setup.posts.push("snapshot-request");
        setup.cameras = setup.cameras.map((camera) => ({
          ...camera,
          snapshot_requested_at: "2026-11-26T10:00:00Z",
        }));
        return HttpResponse.json({ snapshot_requested_at: "2026-11-26T10:00:00Z" }, { status: 202 });
      }),
      http.get(`${apiUrl}/admin/cameras/:camera/snapshot`, () =>
        HttpResponse.json({
          url: "https://pictures.example.org/1.jpg",
          expires_at: "2026-11-26T10:05:00Z",
          snapshot_at: "2026-11-26T10:00:00Z",
        }),
      ),
      http.put(`${apiUrl}/admin/cameras/:camera/line`, async ({ request }) => {
        const { line } = (await request.json()) as { line: number[] };
        setup.posts.push(`line ${line.join(" ")} ${request.headers.get("If-Match")}`);
        setup.cameras = setup.cameras.map((camera) => ({ ...camera, line, etag: '"camera-2"' }));
        return HttpResponse.json(setup.cameras[0]);
      }),
      http.get(`${apiUrl}/admin/cameras/:camera/crossings`, () => HttpResponse.json(setup.crossings)),
      http.get(`${apiUrl}/admin/stores/:store/owners`, () =>
        HttpResponse.json({
          owners: setup.people.map((email) => ({
            user_id: email,
            email,
            added_at: "2026-11-26T09:00:00Z",
            last_seen_at: null,
          })),
          invites: [],
        }),
      ),
    );
  });
}
