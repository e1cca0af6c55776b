/** What the bundler tells about a module. */
interface ModuleGraph {
  getModuleInfo(
    id: string,
  ): { isEntry: boolean; importers: readonly string[]; dynamicImporters: readonly string[] } | null;
}

/** Matches our own code. Packages are not grouped by who imports them: through an index file, everything imports everything. */
const ownCode = /[/]web[/](ui|client|dashboard)[/]src[/].*\.tsx?$/;

/**
 * Returns the chunk of a module of ours that several chunks share; null leaves it to the bundler, which makes a chunk for each set of
 * importers. That would be 40 requests before the numbers of a store.
 */
export function sharedChunk(id: string, graph: ModuleGraph): string | null {
  if (!ownCode.test(id) || id.endsWith("/app/main.tsx")) return null; // index.html loads the chunk of main.tsx
  const starts = chunkStarts(id, graph);
  if (starts.has(id)) return null;
  const isLoadedBy = (file: string) => [...starts].some((start) => start.endsWith(file));
  if ([...starts].some((start) => graph.getModuleInfo(start)?.isEntry)) return "app";
  if (starts.size < 2) return null;
  if (isLoadedBy("/sign-in-page.tsx")) return isLoadedBy("/store-page.tsx") ? "app" : null;
  const isOfPages = isLoadedBy("/stores-page.tsx") && isLoadedBy("/store-page.tsx");
  if (isOfPages || isLoadedBy("/signed-in-layout.tsx")) return "signed-in";
  return isLoadedBy("/store-page.tsx") ? "store" : null;
}

/** Returns the modules that start a chunk and load a module without a further `import()`: the entry, pages and dialogs. */
function chunkStarts(id: string, graph: ModuleGraph): Set<string> {
  const starts = new Set<string>();
  const found = new Set([id]);
  for (const each of found) {
    const info = graph.getModuleInfo(each);
    if (info === null) continue;
    if (info.isEntry || info.dynamicImporters.length > 0) starts.add(each);
    for (const importer of info.importers) found.add(importer);
  }
  return starts;
}
