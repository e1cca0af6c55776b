import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createOwnerApi } from "./owner.ts";
import { ApiProblem, Unreachable } from "./problem.ts";
import { dataOf } from "./transport.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that gives every request the same answer; returns its address and the requests it has seen. */
async function serving(status: number, body: unknown) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    const type = status < 400 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "Content-Type": type }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe("a call to the API", () => {
  it("carries the caller's token and answers with data", async () => {
    const me = { user_id: "u", email: "owner@example.com", is_superadmin: false, stores: [] };
    const { baseUrl, seen } = await serving(200, me);
    const owner = createOwnerApi({ baseUrl, token: async () => "token", onRefused: () => {} });
    expect(await dataOf(owner.GET("/me"))).toEqual(me);
    expect(seen[0]?.headers.authorization).toBe("Bearer token");
  });

  it("throws the problem that the API answers with", async () => {
    const { baseUrl } = await serving(404, {
      type: "not_found",
      title: "Not found",
      status: 404,
      detail: "Nothing.",
    });
    const owner = createOwnerApi({ baseUrl, token: async () => null, onRefused: () => {} });
    await expect(dataOf(owner.GET("/stores"))).rejects.toEqual(
      new ApiProblem(404, "not_found", "Nothing.", []),
    );
  });

  it("says when the token was refused", async () => {
    const { baseUrl } = await serving(401, { type: "unauthorized", title: "Not signed in", status: 401 });
    let refused = 0;
    const owner = createOwnerApi({ baseUrl, token: async () => "old", onRefused: () => void refused++ });
    await expect(dataOf(owner.GET("/stores"))).rejects.toBeInstanceOf(ApiProblem);
    expect(refused).toBe(1);
  });

  it("throws Unreachable when nobody answers", async () => {
    const { baseUrl } = await serving(200, {});
    servers.splice(0).forEach((server) => void server.close());
    const owner = createOwnerApi({ baseUrl, token: async () => null, onRefused: () => {} });
    await expect(dataOf(owner.GET("/stores"))).rejects.toBeInstanceOf(Unreachable);
  });
});
