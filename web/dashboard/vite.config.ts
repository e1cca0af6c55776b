import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { runtimeConfig } from "../runtime-config.ts";

export default defineConfig({
  plugins: [react(), tailwindcss(), runtimeConfig()],
  build: {
    // Fonts and icons stay files: a content security policy then needs no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Says which files the first page needs.
    manifest: true,
    rolldownOptions: {
      // What does not change from release to release in one file of its own: few requests, and a browser keeps it.
      output: { codeSplitting: { groups: [{ name: "vendor", test: /node_modules/ }] } },
    },
  },
});
