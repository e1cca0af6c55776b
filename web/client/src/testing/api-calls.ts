import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const web = join(import.meta.dirname, "..", "..", "..");
const methods = ["POST", "PUT", "PATCH", "DELETE"] as const;
/** Most modules have none, and parsing takes long. */
const changingCall = new RegExp(`\\.(${methods.join("|")})\\b`);

interface Operation {
  parameters?: { name: string; in: string }[];
}

/** Returns the operations of an API that take a header, as `PATCH /admin/stores/{store_id}`. */
export function operationsWithHeader(api: "admin" | "owner", header: string): string[] {
  const text = readFileSync(join(web, "client", "openapi", `${api}.json`), "utf8");
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { parameters }]) => parameters?.some((parameter) => parameter.name === header))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
}

/** A call of an API in the code of the pages. */
export interface ApiCall {
  /** `admin POST /admin/stores` */
  call: string;
  sendsHeader: boolean;
}

/** Returns the calls of modules to those operations of the two APIs that take a header. */
export function callsWithHeader(sources: readonly string[], header: string): ApiCall[] {
  const operations = {
    admin: operationsWithHeader("admin", header),
    owner: operationsWithHeader("owner", header),
  };
  const calls: ApiCall[] = [];
  const visit = (node: ts.Node) => {
    const call = ts.isCallExpression(node) ? readCall(node) : null;
    if (call !== null && operations[call.client].includes(call.operation))
      calls.push({
        call: `${call.client} ${call.operation}`,
        sendsHeader: call.options?.includes(`"${header}"`) === true,
      });
    node.forEachChild(visit);
  };
  for (const source of sources.filter((text) => changingCall.test(text)))
    visit(ts.createSourceFile("module.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return calls;
}

/** Returns the modules of the pages, without tests and generated ones. */
export function sourcesOfPages(): string[] {
  return ["dashboard", "admin", "ui"].flatMap((app) => {
    const folder = join(web, app, "src");
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/\.(test|gen)\.tsx?$/.test(name))
      .map((name) => readFileSync(join(folder, name), "utf8"));
  });
}

interface ReadCall {
  client: "admin" | "owner";
  /** `POST /admin/stores` */
  operation: string;
  options: string | undefined;
}

/** Returns a call of a client with a method that changes something; null for any other call. */
function readCall(node: ts.CallExpression): ReadCall | null {
  const { expression: callee, arguments: given } = node;
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const method = methods.find((each) => each === callee.name.text);
  const client = callee.expression.getText().split(".").at(-1);
  if (method === undefined || (client !== "admin" && client !== "owner")) return null;
  const [path, options] = given;
  if (path === undefined || !ts.isStringLiteral(path))
    throw new Error(`the route of ${node.getText()} is not a literal, so that it cannot be checked`);
  return { client, operation: `${method} ${path.text}`, options: options?.getText() };
}
