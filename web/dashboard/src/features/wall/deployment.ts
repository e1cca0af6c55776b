import { useEffect } from "react";

const CHECK_MS = 600_000;

/** Returns the address of the script that an index page starts; null when it is no index page. */
export function startScript(html: string): string | null {
  return /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null;
}

/**
 * Reloads the page when the server has a new version of it: a screen shows it for weeks. It reloads only when the new version can be
 * loaded, so that a deployment in progress or a server that is away does not leave an empty page.
 */
export function useReloadAfterDeployment(reload: () => void = () => location.reload()): void {
  useEffect(() => {
    const timer = setInterval(() => {
      hasNewVersion(document.documentElement.outerHTML).then(
        (isNew) => isNew && reload(),
        () => {}, // the server is away: the next check asks again
      );
    }, CHECK_MS);
    return () => clearInterval(timer);
  }, [reload]);
}

/** Whether the server has another version than that of an index page, and its script can be loaded. */
export async function hasNewVersion(current: string): Promise<boolean> {
  const index = await fetch("/", { cache: "no-store" });
  if (!index.ok) return false;
  const script = startScript(await index.text());
  if (script === null || script === startScript(current)) return false;
  const loaded = await fetch(script, { method: "head", cache: "no-store" });
  return loaded.ok && (loaded.headers.get("content-type") ?? "").includes("javascript");
}
