import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { languages } from "../lingui.ts";
import { runtimeConfig } from "../runtime-config.ts";
import { startScript } from "../start-script.ts";
import { sharedChunk } from "./chunks.ts";

const startFile = fileURLToPath(new URL("./src/app/start.ts", import.meta.url));

export default defineConfig({
  plugins: [languages(), react(), tailwindcss(), runtimeConfig(), startScript(startFile)],
  build: {
    // Keep fonts and icons as files, so that the content security policy needs no `data:` source.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The manifest lists the files of each page. `scripts/first-load.mjs` reads it.
    manifest: true,
    rolldownOptions: {
      // One chunk for the dependencies of every page: it changes rarely, so browsers cache it across releases. The other
      // dependencies, such as those of dialogs and menus, load with the component that imports them.
      output: {
        codeSplitting: {
          groups: [
            // What start.ts needs, so that it is one small request.
            { name: "start", test: /[/]app[/]startup\.ts$|vite[/]preload-helper/, priority: 1 },
            {
              name: "vendor",
              test: /node_modules[/](react|react-dom|scheduler|@tanstack[/](react-query|query-core|react-router|router-core|react-store|store|history)|openapi-fetch|clsx|tailwind-merge|class-variance-authority|@lingui[/](core|react))[/]/,
            },
            { debugName: "shared", name: sharedChunk },
          ],
        },
      },
    },
  },
});
