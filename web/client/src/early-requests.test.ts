import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unwrap } from "./api-client.ts";
import { createAuthorizedFetch } from "./authorized-fetch.ts";
import { createEarlyRequests, type EarlyRequests } from "./early-requests.ts";
import { createOwnerApi, type OwnerApi } from "./owner.ts";
import { NetworkError } from "./problem.ts";

let server: Server;
let received: string[];
let seconds: number;
let early: EarlyRequests;
let owner: OwnerApi;
let baseUrl: string;

beforeEach(async () => {
  received = [];
  seconds = 0;
  server = createServer((request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ as_of: "now" }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = {
    accessToken: async () => "token",
    replaceToken: async () => null,
    signOut: async () => {},
  };
  early = createEarlyRequests(createAuthorizedFetch(session), () => seconds * 1000);
  owner = createOwnerApi({ baseUrl, session, early });
});

afterEach(() => server.close());

function getStores(period?: "day") {
  return unwrap(
    owner.GET("/stores", period === undefined ? {} : { params: { query: { period, compare: "previous" } } }),
  );
}

describe("a request that was sent early", () => {
  it("has the access token, and answers the same request of the app once", async () => {
    early.send(`${baseUrl}/stores?period=day&compare=previous`);
    expect(await getStores("day")).toEqual({ as_of: "now" });
    expect(received).toEqual(["GET /stores?period=day&compare=previous Bearer token"]);
    await getStores("day");
    expect(received).toHaveLength(2);
  });

  it("does not answer another request", async () => {
    early.send(`${baseUrl}/stores`);
    await getStores("day");
    expect(received).toHaveLength(2);
  });

  it.each([
    [10, 1],
    [10.1, 2],
  ])("that is %d s old leaves %d requests", async (age, count) => {
    early.send(`${baseUrl}/stores`);
    seconds = age;
    await getStores();
    expect(received).toHaveLength(count);
  });

  it("does not answer the next user", async () => {
    early.send(`${baseUrl}/stores`);
    early.clear();
    await getStores();
    expect(received).toHaveLength(2);
  });

  it("that failed gives its error to the app, which may try again", async () => {
    const unreachable = "http://127.0.0.1:1";
    early.send(`${unreachable}/stores`);
    await expect(early.take(new Request(`${unreachable}/stores`))).rejects.toThrow(NetworkError);
    expect(early.take(new Request(`${unreachable}/stores`))).toBeUndefined();
  });
});
