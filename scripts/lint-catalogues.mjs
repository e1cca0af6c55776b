/**
 * Checks the catalogues of the pages: each has exactly the messages of the code, every language has all of them, and a translation has
 * the placeholders and the tags of its message. `npm run extract` brings the catalogues up to date.
 */
import { relative } from "node:path";
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";

/** Returns the names of the placeholders and the tags of a message, in the order of their text. */
function placeholders(message) {
  const names = new Set(message.match(/<\/?\d+\/?>/g) ?? []);
  function collect(tokens) {
    for (const token of Array.isArray(tokens) ? tokens : []) {
      if (!Array.isArray(token)) continue;
      const [name, type, cases] = token;
      names.add(`{${name}${type === undefined ? "" : `, ${type}`}}`);
      for (const part of Object.values(typeof cases === "object" ? cases : {})) collect(part);
    }
  }
  collect(compileMessageOrThrow(message));
  return [...names].sort().join(" ");
}

function problemOf(message, translation) {
  if (!translation) return "is not translated";
  try {
    const [expected, found] = [placeholders(message), placeholders(translation)];
    return expected === found ? null : `has ${found || "no placeholders"} instead of ${expected || "none"}`;
  } catch (error) {
    return `is not valid: ${error.message}`;
  }
}

const config = getConfig();
const problems = [];
for (const catalog of await getCatalogs(config)) {
  const messages = await catalog.collect();
  if (messages === undefined) throw new Error("The messages of the code cannot be extracted.");
  for (const locale of config.locales) {
    const file = relative(".", catalog.getFilename(locale));
    const translations = (await catalog.read(locale)) ?? {};
    for (const [id, { message = id }] of Object.entries(messages)) {
      const entry = translations[id];
      if (entry === undefined) problems.push(`${file}: "${message}" is missing`);
      else if (locale !== config.sourceLocale) {
        const problem = problemOf(message, entry.translation);
        if (problem !== null) problems.push(`${file}: "${message}" ${problem}`);
      }
    }
    for (const [id, { message = id }] of Object.entries(translations))
      if (messages[id] === undefined) problems.push(`${file}: "${message}" is not in the code`);
  }
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error("Run `npm run extract`, then translate what is empty. See docs/languages.md.");
  process.exit(1);
}
