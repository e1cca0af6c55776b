import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { unwrap } from "./api-client.ts";
import { createOwnerApi } from "./owner.ts";
import { ApiProblem, NetworkError } from "./problem.ts";

const servers: Server[] = [];
const unauthorized = { type: "unauthorized", title: "Not signed in", status: 401 };

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Starts a server with one fixed response. Returns its address and the requests that it received. */
async function startServer(status: number, body: unknown) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const type = status < 400 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "Content-Type": type }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A session with the given token; the API gets `newToken` when it rejects that one. */
function sessionWith(token: string | null, newToken: string | null = null) {
  return {
    accessToken: async () => token,
    replaceToken: vi.fn(async () => newToken),
    signOut: vi.fn(async () => {}),
  };
}

describe("a call to the API", () => {
  it("sends the access token and returns the data", async () => {
    const me = { user_id: "u", email: "owner@example.com", is_superadmin: false, stores: [] };
    const { baseUrl, requests } = await startServer(200, me);
    const owner = createOwnerApi({ baseUrl, session: sessionWith("token") });
    expect(await unwrap(owner.GET("/me"))).toEqual(me);
    expect(requests[0]?.headers.authorization).toBe("Bearer token");
  });

  it("throws the problem of an error response", async () => {
    const problem = { type: "not_found", title: "Not found", status: 404, detail: "Nothing." };
    const { baseUrl } = await startServer(404, problem);
    const owner = createOwnerApi({ baseUrl, session: sessionWith(null) });
    await expect(unwrap(owner.GET("/stores"))).rejects.toEqual(
      new ApiProblem(404, "not_found", "Nothing.", []),
    );
  });

  it("sends a request with a body again with a new token, and ends the session only when that is rejected, too", async () => {
    const { baseUrl, requests } = await startServer(401, unauthorized);
    const session = sessionWith("old", "new");
    const owner = createOwnerApi({ baseUrl, session });
    const call = owner.POST("/stores/{store_id}/occupancy-reset", {
      params: { path: { store_id: "s" } },
      body: { occupancy: 3 },
    });
    await expect(unwrap(call)).rejects.toBeInstanceOf(ApiProblem);
    expect(requests.map((request) => request.headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
    expect(session.replaceToken).toHaveBeenCalledWith("old");
    expect(session.signOut).toHaveBeenCalledOnce();
  });

  it("does not end the session when a request without a token is rejected", async () => {
    const { baseUrl, requests } = await startServer(401, unauthorized);
    const session = sessionWith(null);
    await expect(unwrap(createOwnerApi({ baseUrl, session }).GET("/stores"))).rejects.toBeInstanceOf(
      ApiProblem,
    );
    expect(requests).toHaveLength(1);
    expect(session.replaceToken).not.toHaveBeenCalled();
    expect(session.signOut).not.toHaveBeenCalled();
  });

  it("throws a NetworkError without a response", async () => {
    const { baseUrl } = await startServer(200, {});
    servers.splice(0).forEach((server) => void server.close());
    const owner = createOwnerApi({ baseUrl, session: sessionWith(null) });
    await expect(unwrap(owner.GET("/stores"))).rejects.toBeInstanceOf(NetworkError);
  });
});
