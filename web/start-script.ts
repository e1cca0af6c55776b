import type { Plugin } from "vite";

/**
 * Builds a module as a script of its own, which index.html requests first and runs as soon as it is there. The development server does not
 * need it: the app imports the same modules.
 */
export function startScript(file: string): Plugin {
  return {
    name: "metrica-start-script",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: file, name: "start" });
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find(
          (each) => each.type === "chunk" && each.facadeModuleId === file,
        );
        if (chunk?.type !== "chunk") throw new Error(`The build has no chunk of ${file}.`);
        const links = chunk.imports.map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`);
        const script = `<script type="module" async crossorigin src="/${chunk.fileName}"></script>`;
        const place = html.indexOf('<script type="module"');
        return `${html.slice(0, place)}${[script, ...links].join("\n    ")}\n    ${html.slice(place)}`;
      },
    },
  };
}
