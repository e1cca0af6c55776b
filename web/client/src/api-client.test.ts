import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { unwrap } from "./api-client.ts";
import { createOwnerApi } from "./owner.ts";
import { ApiProblem, NetworkError } from "./problem.ts";

const servers: Server[] = [];

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

describe("a call to the API", () => {
  it("sends the access token and returns the data", async () => {
    const me = { user_id: "u", email: "owner@example.com", is_superadmin: false, stores: [] };
    const { baseUrl, requests } = await startServer(200, me);
    const owner = createOwnerApi({ baseUrl, accessToken: async () => "token", onUnauthorized: () => {} });
    expect(await unwrap(owner.GET("/me"))).toEqual(me);
    expect(requests[0]?.headers.authorization).toBe("Bearer token");
  });

  it("throws the problem of an error response", async () => {
    const { baseUrl } = await startServer(404, {
      type: "not_found",
      title: "Not found",
      status: 404,
      detail: "Nothing.",
    });
    const owner = createOwnerApi({ baseUrl, accessToken: async () => null, onUnauthorized: () => {} });
    await expect(unwrap(owner.GET("/stores"))).rejects.toEqual(
      new ApiProblem(404, "not_found", "Nothing.", []),
    );
  });

  it("reports a rejected token", async () => {
    const { baseUrl } = await startServer(401, { type: "unauthorized", title: "Not signed in", status: 401 });
    let refused = 0;
    const owner = createOwnerApi({
      baseUrl,
      accessToken: async () => "old",
      onUnauthorized: () => void refused++,
    });
    await expect(unwrap(owner.GET("/stores"))).rejects.toBeInstanceOf(ApiProblem);
    expect(refused).toBe(1);
  });

  it("throws a NetworkError without a response", async () => {
    const { baseUrl } = await startServer(200, {});
    servers.splice(0).forEach((server) => void server.close());
    const owner = createOwnerApi({ baseUrl, accessToken: async () => null, onUnauthorized: () => {} });
    await expect(unwrap(owner.GET("/stores"))).rejects.toBeInstanceOf(NetworkError);
  });
});
