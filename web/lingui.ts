import { fileURLToPath } from "node:url";
import { transformAsync } from "@babel/core";
import macro from "@lingui/babel-plugin-lingui-macro";
import { lingui } from "@lingui/vite-plugin";
import type { Plugin } from "vite";

/** Compiles the messages of the pages: the macros in the code, and the catalogues (`*.po`) where they are imported. */
export function languages(): Plugin[] {
  const configPath = fileURLToPath(new URL("../lingui.config.ts", import.meta.url));
  return [
    ...lingui({ configPath, failOnMissing: true, failOnCompileError: true }),
    {
      name: "metrica-lingui-macro",
      enforce: "pre",
      async transform(code, id) {
        const file = id.split("?")[0] ?? id;
        if (!/\.tsx?$/.test(file) || !code.includes('/macro"')) return null;
        const result = await transformAsync(code, {
          filename: file,
          babelrc: false,
          configFile: false,
          sourceMaps: true,
          parserOpts: { plugins: file.endsWith("x") ? ["typescript", "jsx"] : ["typescript"] },
          plugins: [macro],
        });
        return result?.code == null ? null : { code: result.code, map: result.map };
      },
    },
  ];
}
