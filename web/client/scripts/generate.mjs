/**
 * Writes the OpenAPI documents of the two APIs to `openapi/` and the TypeScript types made from them to `src/`.
 *
 *   node scripts/generate.mjs           writes the files
 *   node scripts/generate.mjs --check   writes nothing; lists stale files and exits with 1 when there are any
 *   node scripts/generate.mjs admin     writes the files of one API only
 *
 * The Python interpreter is `PYTHON`, else `.venv/bin/python` of the repository, else `python3`.
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
  const venv = join(repository, ".venv", "bin", "python");
  return existsSync(venv) ? venv : "python3";
}

/** Returns the OpenAPI document of an API. Exits with 2 when the API cannot be imported. */
function loadDocument(module) {
  const environment = { ...process.env, METRICA_ENV: "test" };
  const options = { cwd: repository, encoding: "utf8", env: environment, maxBuffer: 2 ** 26 };
  const { error, status, stdout, stderr } = spawnSync(python(), ["-m", module], options);
  if (error === undefined && status === 0) return JSON.parse(stdout);
  const reason = error?.message ?? stderr.trim().split("\n").at(-1);
  console.error(`${python()} -m ${module} failed, so there is no OpenAPI document: ${reason}`);
  process.exit(2);
}

/** Writes a file if its content changes, except with `--check`. Returns whether it was up to date. */
function update(path, text) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return true;
  if (!check) writeFileSync(path, text);
  return false;
}

const stale = [];
for (const { name, module } of apis) {
  if (only.length > 0 && !only.includes(name)) continue;
  const document = loadDocument(module);
  const types = `// Generated from openapi/${name}.json by scripts/generate.mjs: do not edit.\n${astToString(await openapiTS(document, { alphabetize: false, defaultNonNullable: false }))}`;
  const files = [
    [join(client, "openapi", `${name}.json`), `${JSON.stringify(document, null, 2)}\n`],
    [join(client, "src", `${name}.gen.ts`), types],
  ];
  for (const [path, text] of files) if (!update(path, text)) stale.push(relative(repository, path));
}

if (stale.length === 0) {
  console.log("The client is up to date.");
} else if (check) {
  console.error(`Out of date: ${stale.join(", ")}. Run \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
} else {
  console.log(`Updated: ${stale.join(", ")}`);
}
