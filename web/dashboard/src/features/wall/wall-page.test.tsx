// @vitest-environment jsdom
import type { Wall } from "@metrica/client/owner.ts";
import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { liveAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import { hasNewVersion, startScript } from "./deployment.ts";
import { STALE_AFTER_MS, wallSign } from "./wall-sign.ts";
import { parseWallToken } from "./wall-token.ts";

setUpServer();
const token = `wl_${"a".repeat(43)}`;
const address = `/stores/${storeId}/wall#token=${token}`;

function wallAnswer(changes: Partial<Wall> = {}): Wall {
  const { store_id, name, timezone, as_of, occupancy_state, health, provenance } = liveAnswer();
  const fixed = { store_id, name, timezone, as_of, occupancy_state, health, provenance };
  return { ...fixed, is_open: true, occupancy: 12, capacity: 40, ...changes };
}

function answerWith(...answers: (Wall | number)[]) {
  let next = 0;
  server.use(
    http.get(`${apiUrl}/stores/:store/wall/:token`, () => {
      const answer = answers[Math.min(next++, answers.length - 1)] as Wall | number;
      if (typeof answer !== "number") return HttpResponse.json(answer);
      return HttpResponse.json({ type: "x", title: "x", status: answer }, { status: answer });
    }),
  );
}

async function shown() {
  const wall = await waitFor(() => {
    const found = screen.getByTestId("wall");
    if (found.dataset.sign === undefined) throw new Error("nothing is shown yet");
    return found;
  });
  return { sign: wall.dataset.sign, text: (wall.textContent ?? "").replaceAll(/\s+/g, " ") };
}

describe("the screen", () => {
  it.each<[Partial<Wall>, string, RegExp]>([
    [{}, "enter", /Please enter12 \/ 40Room for 28 more people/],
    [{ occupancy: 39 }, "enter", /Room for 1 more person/],
    [{ occupancy: 40 }, "wait", /Please wait40 \/ 40The store is full/],
    [{ occupancy: 57 }, "wait", /57 \/ 40/],
    [{ capacity: null, occupancy: 1 }, "count", /Welcome1person is inside/],
    [{ is_open: false, occupancy: 0 }, "closed", /Closed/],
    [{ occupancy: null }, "unknown", /Please ask the staff.*not known/],
  ])("with %j tells %s", async (changes, sign, text) => {
    answerWith(wallAnswer(changes));
    openApp(address);
    const found = await shown();
    expect(found.sign).toBe(sign);
    expect(found.text).toMatch(text);
    expect(found.text).toContain(wallAnswer().name);
  });

  it("says that the number may be wrong while a camera is missing", async () => {
    const health = {
      ...wallAnswer().health,
      status: "degraded",
      cameras_online: 1,
      cameras_total: 2,
    } as const;
    answerWith(wallAnswer({ health }));
    openApp(address);
    expect((await shown()).text).toMatch(/may be wrong: not all cameras report/);
  });

  it("says that numbers of a demonstration are none of a camera", async () => {
    answerWith(wallAnswer({ provenance: { generated: false, simulated: true } }));
    openApp(address);
    expect((await shown()).text).toMatch(/Demonstration/);
  });

  it("sends the token of the link and no access token", async () => {
    let headers: string | null = "not asked";
    server.use(
      http.get(`${apiUrl}/stores/:store/wall/:token`, ({ request, params }) => {
        headers = request.headers.get("Authorization");
        expect(params.token).toBe(token);
        return HttpResponse.json(wallAnswer());
      }),
    );
    openApp(address);
    await shown();
    expect(headers).toBeNull();
  });
});

describe("a link that does not work", () => {
  it.each(["", "#token=", "#token=wl_short", `#token=${token}x`, `#${token}`])(
    "with %j asks for all of it",
    async (hash) => {
      const { requests } = openApp(`/stores/${storeId}/wall${hash}`);
      expect((await screen.findByRole("heading")).textContent).toBe("This link is not complete.");
      expect(requests).toEqual([]);
      expect(parseWallToken(hash.slice(1))).toBeNull();
    },
  );

  it("says that it was revoked", async () => {
    answerWith(404);
    openApp(address);
    expect((await screen.findByRole("heading")).textContent).toBe("This link is no longer valid.");
  });
});

describe("what the screen tells", () => {
  const { health } = wallAnswer();

  it("is unknown when the answer is old, whatever it says", () => {
    expect(wallSign(wallAnswer(), STALE_AFTER_MS)).toBe("enter");
    expect(wallSign(wallAnswer(), STALE_AFTER_MS + 1)).toBe("unknown");
    expect(wallSign(wallAnswer({ is_open: false }), STALE_AFTER_MS + 1)).toBe("unknown");
  });

  it("is unknown when no camera reports", () => {
    for (const status of ["offline", "no_cameras"] as const)
      expect(wallSign(wallAnswer({ health: { ...health, status } }), 0)).toBe("unknown");
  });
});

describe("a deployment", () => {
  const page = (script: string) =>
    `<!doctype html><script type="module" crossorigin src="${script}"></script>`;

  function serve(index: Response, script: Response) {
    vi.stubGlobal("fetch", async (url: string) => (url === "/" ? index : script));
  }

  const found = () => new Response("", { headers: { "content-type": "text/javascript" } });

  it("is seen by the name of the script", async () => {
    expect(startScript(page("/assets/index-1.js"))).toBe("/assets/index-1.js");
    serve(new Response(page("/assets/index-2.js")), found());
    expect(await hasNewVersion(page("/assets/index-1.js"))).toBe(true);
    serve(new Response(page("/assets/index-1.js")), found());
    expect(await hasNewVersion(page("/assets/index-1.js"))).toBe(false);
  });

  it("that is not complete, or a server that answers something else, reloads nothing", async () => {
    serve(new Response(page("/assets/index-2.js")), new Response("", { status: 404 }));
    expect(await hasNewVersion(page("/assets/index-1.js"))).toBe(false);
    serve(
      new Response(page("/assets/index-2.js")),
      new Response("", { headers: { "content-type": "text/html" } }),
    );
    expect(await hasNewVersion(page("/assets/index-1.js"))).toBe(false);
    serve(new Response("Service unavailable", { status: 503 }), found());
    expect(await hasNewVersion(page("/assets/index-1.js"))).toBe(false);
    serve(new Response("<h1>Captive portal</h1>"), found());
    expect(await hasNewVersion(page("/assets/index-1.js"))).toBe(false);
  });
});
