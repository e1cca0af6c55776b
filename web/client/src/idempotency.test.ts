import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const web = join(import.meta.dirname, "..", "..");
const header = "Idempotency-Key";

interface Operation {
  parameters?: { name: string; in: string }[];
}

/** The POST routes of an API that take an `Idempotency-Key`: those that create something. */
function creatingRoutes(api: "admin" | "owner"): string[] {
  const text = readFileSync(join(web, "client", "openapi", `${api}.json`), "utf8");
  const { paths } = JSON.parse(text) as { paths: Record<string, { post?: Operation }> };
  return Object.entries(paths)
    .filter(([, { post }]) => post?.parameters?.some(({ name }) => name === header))
    .map(([path]) => path);
}

const routes = { admin: creatingRoutes("admin"), owner: creatingRoutes("owner") };

interface CreatingCall {
  call: string;
  sendsKey: boolean;
}

/** Returns a call as `admin /path` and whether it sends a key; null for one that creates nothing. */
function readCall(node: ts.CallExpression): CreatingCall | null {
  const { expression: callee, arguments: given } = node;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "POST") return null;
  const client = callee.expression.getText().split(".").at(-1);
  if (client !== "admin" && client !== "owner") return null;
  const [path, options] = given;
  if (path === undefined || !ts.isStringLiteral(path))
    throw new Error(`the route of ${node.getText()} is not a literal, so that it cannot be checked`);
  if (!routes[client].includes(path.text)) return null;
  return { call: `${client} ${path.text}`, sendsKey: options?.getText().includes(`"${header}"`) === true };
}

/** Returns the creating calls of a module. */
function creatingCalls(source: string): CreatingCall[] {
  const calls: CreatingCall[] = [];
  const visit = (node: ts.Node) => {
    const call = ts.isCallExpression(node) ? readCall(node) : null;
    if (call !== null) calls.push(call);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile("module.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return calls;
}

function sources(app: string): string[] {
  const folder = join(web, app, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|gen)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("a creating call", () => {
  it("without a key is found", () => {
    const text = `
      createOnce((store, key) => admin.POST("/admin/stores", { params: { header: { "${header}": key } }, body: store }));
      services.owner.POST("/me/reports", { body });
      owner.POST("/unsubscribe/{token}", {});`;
    expect(creatingCalls(text)).toEqual([
      { call: "admin /admin/stores", sendsKey: true },
      { call: "owner /me/reports", sendsKey: false },
    ]);
    expect(() => creatingCalls("admin.POST(path, {})")).toThrow(/not a literal/);
  });

  it("of both apps sends a key", () => {
    const calls = ["dashboard", "admin", "ui"].flatMap(sources).flatMap(creatingCalls);
    expect(calls.filter(({ sendsKey }) => !sendsKey)).toEqual([]);
    // The calls that there are today: a check that finds nothing would also pass.
    expect(new Set(calls.map(({ call }) => call)).size).toBeGreaterThanOrEqual(9);
  });
});
