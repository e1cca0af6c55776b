/**
 * Prints how much JavaScript (gzipped) the first visit of each page loads, as JSON: `{"pages": {"stores": bytes, …},
 * "largest": bytes}`. A page loads the entry chunks, its own chunk, the layout if it is
 * for signed-in users, the static imports of them, and the catalogues of its messages in the language with the largest ones.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const manifestPath = join(dist, ".vite", "manifest.json");
if (!existsSync(manifestPath)) {
  console.error("The dashboard is not built. Run `npm run build` first.");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));

/** Adds a chunk and its static imports to a set. */
function addChunk(name, chunks) {
  if (chunks.has(name)) return;
  chunks.add(name);
  for (const imported of manifest[name].imports ?? []) addChunk(imported, chunks);
}

const sizes = new Map();

/** Returns the gzipped size of a chunk in bytes; 0 for other files than JavaScript. */
function gzippedSize(name) {
  const { file } = manifest[name];
  if (!sizes.has(file))
    sizes.set(file, file.endsWith(".js") ? gzipSync(readFileSync(join(dist, file))).length : 0);
  return sizes.get(file);
}

/** Returns the gzipped size of the catalogues of some folders in the language with the largest ones. */
function catalogueSize(folders) {
  const sizeByLanguage = {};
  for (const name of Object.keys(manifest)) {
    const [, folder, language] = name.match(/^(.*)\/locales\/(\w+)\.po$/) ?? [];
    if (folders.includes(folder))
      sizeByLanguage[language] = (sizeByLanguage[language] ?? 0) + gzippedSize(name);
  }
  return Math.max(...Object.values(sizeByLanguage));
}

const entryChunks = new Set();
for (const name of Object.keys(manifest)) if (manifest[name].isEntry) addChunk(name, entryChunks);
const lazy = [...new Set([...entryChunks].flatMap((name) => manifest[name].dynamicImports ?? []))];
const layout = lazy.find((name) => name.endsWith("/signed-in-layout.tsx"));
const pages = {};
for (const page of lazy.filter((name) => name.endsWith("-page.tsx"))) {
  const chunks = new Set(entryChunks);
  addChunk(page, chunks);
  if (!page.includes("/session/")) addChunk(layout, chunks);
  const code = [...chunks].reduce((total, name) => total + gzippedSize(name), 0);
  const catalogues = catalogueSize(["../ui/src", "src", dirname(page)]);
  pages[page.replace(/^.*\/(.*)-page\.tsx$/, "$1")] = code + catalogues;
}
console.log(JSON.stringify({ pages, largest: Math.max(...Object.values(pages)) }));
