import parser from "@typescript-eslint/parser";
import lingui from "eslint-plugin-lingui";

/*
 * Biome checks the code. ESLint finds only text of the pages that is outside of the catalogues.
 *
 * A word in lower case, such as "sm" or "button", is a value of the code, unless it is where a user reads it: in the content of an
 * element or in one of these attributes.
 */
const visibleAttributes =
  "JSXAttribute[name.name=/^(alt|aria-description|aria-label|aria-roledescription|aria-valuetext|caption|description|label|note|placeholder|suffix|summary|title)$/]";
const insideTrans = 'JSXElement[openingElement.name.name="Trans"]';
const literal = ":matches(Literal[value=/\\p{L}/u], TemplateLiteral)";
const message =
  "Text of a page belongs into a catalogue: use the macro `t` or `Trans`. See docs/languages.md.";

export default [
  {
    files: ["web/{admin,dashboard,ui}/src/**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}", "**/*.d.ts", "**/testing/**"],
    languageOptions: {
      parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { lingui },
    rules: {
      "lingui/no-expression-in-message": "error",
      "lingui/no-single-tag-to-translate": "error",
      "lingui/no-single-variables-to-translate": "error",
      "lingui/no-trans-inside-trans": "error",
      // The language is not known yet when a module is loaded.
      "lingui/t-call-in-function": "error",
      "lingui/no-unlocalized-strings": [
        "error",
        {
          useTsTypes: true,
          ignore: [
            // A value of the code, the path of an SVG, a part of a timestamp.
            ...["^(?![A-Z])\\S+$", "^[MLVZhq0 -]+$", "^T\\d\\d:\\d\\d:\\d\\dZ?$"],
            "^(· )?(Metrica|UTC|English|Deutsch|Español|Français|Italiano)$",
            // The names of keys.
            "^([a-z] [a-z]|Ctrl)$",
          ],
          ignoreNames: [
            { regex: { pattern: "class(Names?)?$", flags: "i" } },
            "d",
            "id",
            "interactiveElements",
            "key",
            "style",
            "testId",
          ],
          ignoreFunctions: [
            ...["cn", "cva", "*.closest", "*.querySelector", "*.querySelectorAll", "*.startsWith"],
            ...["Error", "TypeError", "lazyRouteComponent"],
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: `JSXText[value=/\\p{L}/u]:not([value=/^\\s*Metrica\\s*$/], ${insideTrans} JSXText)`,
          message,
        },
        { selector: `${visibleAttributes} > ${literal}`, message },
        { selector: `${visibleAttributes} > JSXExpressionContainer > ${literal}`, message },
        {
          selector: `${visibleAttributes} > JSXExpressionContainer > :matches(LogicalExpression, ConditionalExpression) > ${literal}`,
          message,
        },
        {
          selector: `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > Literal[value=/\\p{L}/u]`,
          message,
        },
        {
          selector: `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(LogicalExpression, ConditionalExpression) > Literal[value=/\\p{L}/u]`,
          message,
        },
      ],
    },
  },
];
