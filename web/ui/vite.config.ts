import { defineConfig } from "vitest/config";
import { languages } from "../lingui.ts";

// For the tests: the apps bundle the library.
export default defineConfig({ plugins: [languages()] });
