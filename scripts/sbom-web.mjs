// Print the CycloneDX SBOM of one npm workspace without its development dependencies: `node scripts/sbom-web.mjs web/admin`.
// `npm sbom --omit dev` leaves out React as well, because other workspaces have it as a peer dependency; so this script
// takes the complete SBOM and drops what package-lock.json marks as `dev`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [workspace] = process.argv.slice(2);
const locked = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
const command = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--workspace", workspace];
const bom = JSON.parse(execFileSync("npm", command, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }));

const shippedNames = new Set(
  Object.entries(locked)
    .filter(([, { dev, devOptional }]) => !dev && !devOptional)
    .map(([path, { name, version }]) => `${name ?? path.split("node_modules/").at(-1)}@${version}`),
);
const isWorkspace = ({ properties = [] }) => properties.some(({ name }) => name === "cdx:npm:package:private");
const shipped = bom.components.filter(
  (component) => isWorkspace(component) || shippedNames.has(`${component.name}@${component.version}`),
);
const refs = new Set([bom.metadata.component["bom-ref"], ...shipped.map((component) => component["bom-ref"])]);
bom.components = shipped;
bom.dependencies = bom.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
console.log(JSON.stringify(bom, null, 2));
