import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";

/**
 * The catalogues of the pages. English is the source: its texts are in the code. A catalogue loads with the pages that use it, so
 * each feature of an app has its own. See docs/languages.md.
 */
export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "de", "es", "fr", "it"],
  catalogs: [
    {
      path: "<rootDir>/web/ui/src/locales/{locale}",
      include: ["<rootDir>/web/ui/src"],
      exclude: [
        "**/*.test.*",
        ...["incidents", "palette", "problems", "session"].map((part) => `<rootDir>/web/ui/src/${part}/**`),
      ],
    },
    ...["incidents", "palette", "problems", "session"].map((part) => ({
      path: `<rootDir>/web/ui/src/${part}/locales/{locale}`,
      include: [`<rootDir>/web/ui/src/${part}`],
      exclude: ["**/*.test.*"],
    })),
    ...["dashboard", "admin"].flatMap((app) => [
      {
        path: `<rootDir>/web/${app}/src/locales/{locale}`,
        include: [`<rootDir>/web/${app}/src/app`, `<rootDir>/web/${app}/src/shared`],
        exclude: ["**/*.test.*"],
      },
      {
        path: `<rootDir>/web/${app}/src/features/{name}/locales/{locale}`,
        include: [`<rootDir>/web/${app}/src/features/{name}`],
        exclude: ["**/*.test.*"],
      },
    ]),
  ],
  runtimeConfigModule: {
    i18n: ["@metrica/ui/language/i18n.ts", "i18n"],
    Trans: ["@metrica/ui/language/trans.tsx", "Trans"],
  },
  format: formatter({ lineNumbers: false }),
  orderBy: "message",
});
