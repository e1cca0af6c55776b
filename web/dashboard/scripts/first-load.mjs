/**
 * Prints, as JSON, how much JavaScript the first visit of a page loads, gzipped, from the built files:
 * `{"pages": {"stores": bytes, …}, "largest": bytes}`. A page's share is the entry, the page's own chunk, and everything either
 * of them imports statically.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const manifestPath = join(dist, ".vite", "manifest.json");
if (!existsSync(manifestPath)) {
  console.error("There is no built dashboard. Run `npm run build` first.");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));

function collect(name, into) {
  if (into.has(name)) return;
  into.add(name);
  for (const imported of manifest[name].imports ?? []) collect(imported, into);
}

const size = new Map();
function gzipped(name) {
  const { file } = manifest[name];
  if (!size.has(file))
    size.set(file, file.endsWith(".js") ? gzipSync(readFileSync(join(dist, file))).length : 0);
  return size.get(file);
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const pages = {};
for (const page of manifest[entry].dynamicImports) {
  const needed = new Set();
  collect(entry, needed);
  collect(page, needed);
  pages[page.replace(/^.*\/(.*)-page\.tsx$/, "$1")] = [...needed].reduce(
    (total, name) => total + gzipped(name),
    0,
  );
}
console.log(JSON.stringify({ pages, largest: Math.max(...Object.values(pages)) }));
