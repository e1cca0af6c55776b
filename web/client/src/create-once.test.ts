import { expect, it } from "vitest";
import { createOnce } from "./create-once.ts";

/** Records the requests and lets a test end each one. */
function recorder() {
  const requests: { input: string; key: string; end: (error?: Error) => void }[] = [];
  const create = createOnce((input: string, key: string) => {
    const number = requests.length + 1;
    return new Promise<number>((resolve, reject) => {
      requests.push({ input, key, end: (error) => (error === undefined ? resolve(number) : reject(error)) });
    });
  });
  return { requests, create };
}

it("sends one request for two clicks, and both get its result", async () => {
  const { requests, create } = recorder();
  const both = [create("door"), create("door")];
  expect(requests).toHaveLength(1);
  requests[0]?.end();
  expect(await Promise.all(both)).toEqual([1, 1]);
});

it("repeats a failed request with the same key, which is random", async () => {
  const { requests, create } = recorder();
  const first = create("door");
  requests[0]?.end(new Error("lost"));
  await expect(first).rejects.toThrow("lost");
  void create("door");
  expect(requests[1]?.key).toBe(requests[0]?.key);
  expect(requests[0]?.key).toMatch(/^[0-9a-f]{32}$/);
});

it("uses a new key for another input, and for the same one after a success", async () => {
  const { requests, create } = recorder();
  const first = create("door");
  requests[0]?.end();
  await first;
  void create("door");
  void create("gate");
  expect(new Set(requests.map(({ key }) => key)).size).toBe(3);
});
