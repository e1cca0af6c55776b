/**
 * Prints how much JavaScript (gzipped) the first visit of each page of an app loads, as JSON: `{"pages": {"stores": bytes, …},
 * "largest": bytes}`. A page loads the entry chunks, its own chunk, the layout if it is for signed-in users, the static imports of
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

/** Returns the syntax tree of a TypeScript file; of an empty one if there is none. */
function parse(path) {
  return ts.createSourceFile(
    path,
    existsSync(path) ? readFileSync(path, "utf8") : "",
    ts.ScriptTarget.Latest,
    true,
  );
}

/** Returns all nodes of a syntax tree of a kind. */
function findNodes(isKind, node) {
  const found = isKind(node) ? [node] : [];
  ts.forEachChild(node, (child) => void found.push(...findNodes(isKind, child)));
  return found;
}

/** Returns the file of the first page that an expression imports: `import("#features/…-page.tsx")`. */
function importedPage(expression) {
  const [, page] = expression?.getText().match(/import\("#(.*-page\.tsx)"\)/) ?? [];
  return page && `src/${page}`;
}

/** Returns the folder whose catalogue an expression imports: import(`../features/…/locales/${language}.po`). */
function importedCatalogue(expression) {
  const [, folder] = expression?.getText().match(/import\(`(.*)\/locales\/\$\{language\}\.po`\)/) ?? [];
  return folder && posix.join("src/app", folder);
}

const source = parse(router);

/** Returns the folders of the messages by their names in the router: a constant with an import of a catalogue, or one of `web/ui`. */
function messageFolders() {
  const folders = new Map();
  for (const { moduleSpecifier, importClause } of findNodes(ts.isImportDeclaration, source)) {
    const [, folder] = moduleSpecifier.text.match(/^@metrica\/ui\/(.*)\/messages\.ts$/) ?? [];
    if (folder === undefined || importClause.isTypeOnly) continue;
    for (const { name } of importClause.namedBindings.elements) folders.set(name.text, `../ui/src/${folder}`);
  }
  for (const { name, initializer } of findNodes(ts.isVariableDeclaration, source)) {
    const folder = importedCatalogue(initializer);
    if (folder !== undefined) folders.set(name.text, folder);
  }
  return folders;
}

/** Returns the page and the folder of each member of `firstPages` by its name, where an app has them. */
function firstPages() {
  const members = findNodes(ts.isPropertyAssignment, parse("src/app/first-pages.ts"));
  const pages = new Map();
  for (const { name, initializer } of members.filter((member) =>
    ts.isObjectLiteralExpression(member.initializer),
  )) {
    const values = new Map(initializer.properties.map((each) => [each.name.getText(), each.initializer]));
    pages.set(name.getText(), {
      page: importedPage(values.get("load")),
      folder: importedCatalogue(values.get("messages")),
    });
  }
  return pages;
}

/**
 * Returns the folders of the catalogues of each page: `withMessages(import("…-page.tsx"), storesMessages, …)`, or with
 * `firstPages.stores.load()` and `firstPages.stores.messages`.
 */
function catalogueFolders() {
  const first = firstPages();
  const folders = messageFolders();
  for (const [name, { folder }] of first) folders.set(`firstPages.${name}.messages`, folder);
  const calls = findNodes(ts.isCallExpression, source).filter(
    (call) => call.expression.getText() === "withMessages",
  );
  return calls.map(({ arguments: [page, ...messages] }) => {
    const [, name] = page.getText().match(/^firstPages\.(\w+)\.load\(\)$/) ?? [];
    return [
      name === undefined ? importedPage(page) : first.get(name)?.page,
      new Set(messages.map((each) => folders.get(each.getText()))),
    ];
  });
}

const entryChunks = new Set();
for (const name of Object.keys(manifest)) if (manifest[name].isEntry) addChunk(name, entryChunks);
const lazy = [...new Set([...entryChunks].flatMap((name) => manifest[name].dynamicImports ?? []))];
const layout = lazy.find((name) => name.endsWith("/signed-in-layout.tsx"));
const pages = {};
for (const [page, folders] of catalogueFolders()) {
  if (page === undefined || folders.has(undefined))
    throw new Error(`${router} does not say where a page, or the messages of ${page}, are.`);
  const chunks = new Set(entryChunks);
  addChunk(page, chunks);
  if (!page.includes("/session/")) addChunk(layout, chunks);
  const code = [...chunks].reduce((total, name) => total + gzippedSize(name), 0);
  const catalogues = catalogueSize(new Set(["../ui/src", "src", ...folders]));
  pages[page.replace(/^.*\/(.*)-page\.tsx$/, "$1")] = code + catalogues;
}
console.log(JSON.stringify({ pages, largest: Math.max(...Object.values(pages)) }));
