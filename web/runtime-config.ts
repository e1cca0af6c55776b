import type { Plugin } from "vite";

/** Serves `/config.json` under Vite's development server: `make dev` puts its content into METRICA_PAGE_CONFIG. */
export function runtimeConfig(): Plugin {
  return {
    name: "metrica-runtime-config",
    configureServer(server) {
      server.middlewares.use("/config.json", (_request, response) => {
        response.setHeader("Content-Type", "application/json");
        response.end(process.env.METRICA_PAGE_CONFIG ?? "{}");
      });
    },
  };
}
