/**
 * Writes the OpenAPI documents of the two APIs to `openapi/` and the TypeScript types made from them to `src/`.
 *
 *   node scripts/generate.mjs           writes
 *   node scripts/generate.mjs --check   writes nothing; exit code 1 and the list of stale files when anything differs
 *   node scripts/generate.mjs admin     only one of the two
 *
 * The Python that knows the APIs: `PYTHON`, else `.venv/bin/python` of the repository, else `python3`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const client = join(dirname(fileURLToPath(import.meta.url)), "..");
const repository = join(client, "..", "..");
const apis = [
  { name: "owner", module: "functions.api.openapi" },
  { name: "admin", module: "functions.admin.openapi" },
];

const check = process.argv.includes("--check");
const only = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

function python() {
  if (process.env.PYTHON) return process.env.PYTHON;
  const own = join(repository, ".venv", "bin", "python");
  return existsSync(own) ? own : "python3";
}

/** The document as the API publishes it; ends with one sentence when the API cannot be imported. */
function documentOf(module) {
  const environment = { ...process.env, METRICA_ENV: "test" };
  const options = { cwd: repository, encoding: "utf8", env: environment, maxBuffer: 2 ** 26 };
  const { error, status, stdout, stderr } = spawnSync(python(), ["-m", module], options);
  if (error === undefined && status === 0) return JSON.parse(stdout);
  const reason = error?.message ?? stderr.trim().split("\n").at(-1);
  console.error(`${python()} -m ${module} gave no OpenAPI document: ${reason}`);
  process.exit(2);
}

function place(path, text) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return true;
  if (!check) writeFileSync(path, text);
  return false;
}

const stale = [];
for (const { name, module } of apis) {
  if (only.length > 0 && !only.includes(name)) continue;
  const document = documentOf(module);
  const types = `// Generated from openapi/${name}.json by scripts/generate.mjs: do not edit.\n${astToString(await openapiTS(document, { alphabetize: false, defaultNonNullable: false }))}`;
  const files = [
    [join(client, "openapi", `${name}.json`), `${JSON.stringify(document, null, 2)}\n`],
    [join(client, "src", `${name}.gen.ts`), types],
  ];
  for (const [path, text] of files) if (!place(path, text)) stale.push(relative(repository, path));
}

if (stale.length === 0) {
  console.log("The client is what the APIs publish.");
} else if (check) {
  console.error(
    `Not what the APIs publish: ${stale.join(", ")}. Run \`npm run generate\` and commit the result.`,
  );
  process.exitCode = 1;
} else {
  console.log(`Written: ${stale.join(", ")}`);
}
