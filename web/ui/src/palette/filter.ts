import type { CommandGroup } from "./commands.ts";

/** Returns a text for comparing: in lower case and without accents. */
function simplify(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}

/**
 * Returns how well a command matches a search, 0 to 1. Each word of the search must occur in the name of the command or in that of its
 * group. A name that begins with the search comes first, then names with a word that begins with it.
 */
export function rankCommand(search: string, name: string, group: string): number {
  const wanted = simplify(search).trim();
  const simpleName = simplify(name);
  const texts = `${simplify(group)} ${simpleName}`;
  if (!wanted.split(/\s+/).every((word) => texts.includes(word))) return 0;
  if (simpleName.startsWith(wanted)) return 1;
  if (` ${simpleName}`.includes(` ${wanted}`)) return 0.75;
  return simpleName.includes(wanted) ? 0.5 : 0.25;
}

/**
 * Returns the groups with the commands that match a search, the best match first: the order of the groups is that of their best commands.
 * Without a search the order stays.
 */
export function findCommands(groups: readonly CommandGroup[], search: string): CommandGroup[] {
  const found = groups.map((group) => {
    const ranked = group.commands
      .map((command) => ({ command, rank: rankCommand(search, command.name, group.name) }))
      .filter(({ rank }) => rank > 0)
      .sort((one, other) => other.rank - one.rank);
    return { best: ranked[0]?.rank ?? 0, name: group.name, commands: ranked.map(({ command }) => command) };
  });
  return found
    .filter(({ commands }) => commands.length > 0)
    .sort((one, other) => other.best - one.best)
    .map(({ name, commands }) => ({ name, commands }));
}
