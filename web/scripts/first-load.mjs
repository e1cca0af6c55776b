/**
 * Prints how much JavaScript (gzipped) the first visit of each page of an app loads, as JSON: `{"pages": {"stores": bytes, …},
 * "largest": bytes}`. A page loads the entry chunk, its own chunk, the layout if it is for signed-in users, the static imports of
 * them, and the catalogues of its messages in the language with the largest ones. It runs in the folder of the app.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import ts from "typescript";

const router = "src/app/router.tsx";
const manifestPath = join("dist", ".vite", "manifest.json");
if (!existsSync(manifestPath)) {
  console.error(`${process.cwd()} is not built. Run \`npm run build\` first.`);
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
    sizes.set(file, file.endsWith(".js") ? gzipSync(readFileSync(join("dist", file))).length : 0);
  return sizes.get(file);
}

/** Returns the gzipped size of the catalogues of some folders in the language with the largest ones. */
function catalogueSize(folders) {
  const sizeByLanguage = {};
  for (const name of Object.keys(manifest)) {
    const [, folder, language] = name.match(/^(.*)\/locales\/(\w+)\.po$/) ?? [];
    if (folders.has(folder)) sizeByLanguage[language] = (sizeByLanguage[language] ?? 0) + gzippedSize(name);
  }
  return Math.max(...Object.values(sizeByLanguage));
}

const source = ts.createSourceFile(router, readFileSync(router, "utf8"), ts.ScriptTarget.Latest, true);

/** Returns all nodes of the router of a kind. */
function findNodes(isKind, node = source) {
  const found = isKind(node) ? [node] : [];
  ts.forEachChild(node, (child) => void found.push(...findNodes(isKind, child)));
  return found;
}

/** Returns the folders of the messages by their names in the router: a constant with an import of a catalogue, or one of `web/ui`. */
function messageFolders() {
  const folders = new Map();
  for (const { moduleSpecifier, importClause } of findNodes(ts.isImportDeclaration)) {
    const [, folder] = moduleSpecifier.text.match(/^@metrica\/ui\/(.*)\/messages\.ts$/) ?? [];
    if (folder === undefined) continue;
    for (const { name } of importClause.namedBindings.elements) folders.set(name.text, `../ui/src/${folder}`);
  }
  for (const { name, initializer } of findNodes(ts.isVariableDeclaration)) {
    const [, folder] = initializer?.getText().match(/import\(`(.*)\/locales\/\$\{language\}\.po`\)/) ?? [];
    if (folder !== undefined) folders.set(name.text, posix.join("src/app", folder));
  }
  return folders;
}

/** Returns the folders of the catalogues of each page: `withMessages(import("…-page.tsx"), storesMessages, …)`. */
function catalogueFolders() {
  const folders = messageFolders();
  const calls = findNodes(ts.isCallExpression).filter((call) => call.expression.getText() === "withMessages");
  return calls.map(({ arguments: [page, ...messages] }) => [
    page.arguments[0].text.replace(/^#/, "src/"),
    new Set(messages.map((name) => folders.get(name.getText()))),
  ]);
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const entryChunks = new Set();
addChunk(entry, entryChunks);
const lazy = [...entryChunks].flatMap((name) => manifest[name].dynamicImports ?? []);
const layout = lazy.find((name) => name.endsWith("/signed-in-layout.tsx"));
const pages = {};
for (const [page, folders] of catalogueFolders()) {
  if (folders.has(undefined)) throw new Error(`${router} does not say where the messages of ${page} are.`);
  const chunks = new Set();
  addChunk(entry, chunks);
  addChunk(page, chunks);
  if (!page.includes("/session/")) addChunk(layout, chunks);
  const code = [...chunks].reduce((total, name) => total + gzippedSize(name), 0);
  const catalogues = catalogueSize(new Set(["../ui/src", "src", ...folders]));
  pages[page.replace(/^.*\/(.*)-page\.tsx$/, "$1")] = code + catalogues;
}
console.log(JSON.stringify({ pages, largest: Math.max(...Object.values(pages)) }));
