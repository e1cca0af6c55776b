/** A setting of this browser. It is stored, and all components and tabs follow a change. */
export interface Preference<T extends string> {
  get(): T;
  set(value: T): void;
  subscribe(onChange: () => void): () => void;
}

/** Creates a setting with a fixed set of values; the first one is the default. */
export function createPreference<T extends string>(key: string, values: readonly [T, ...T[]]): Preference<T> {
  const listeners = new Set<() => void>();
  return {
    get() {
      const stored = localStorage.getItem(key);
      return values.find((value) => value === stored) ?? values[0];
    },
    set(value) {
      localStorage.setItem(key, value);
      for (const listener of listeners) listener();
    },
    subscribe(onChange) {
      const listenToTabs = (event: StorageEvent) => {
        if (event.key === key || event.key === null) onChange();
      };
      listeners.add(onChange);
      window.addEventListener("storage", listenToTabs);
      return () => {
        listeners.delete(onChange);
        window.removeEventListener("storage", listenToTabs);
      };
    },
  };
}

export const themePreference = createPreference("metrica-theme", ["system", "light", "dark"]);

/** Single-key shortcuts can be switched off: speech input and slips of the hand trigger them (WCAG 2.1.4). */
export const shortcutsPreference = createPreference("metrica-shortcuts", ["on", "off"]);

/** Applies the theme to the document, now and after each change. */
export function applyTheme(): void {
  function apply() {
    const theme = themePreference.get();
    document.documentElement.classList.toggle("light", theme === "light");
    document.documentElement.classList.toggle("dark", theme === "dark");
    // The frame of the browser or of the installed app has the colour of the header in the same theme.
    for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color][data-theme]")) {
      const ofTheme = meta.dataset.theme;
      if (theme === "system") meta.media = `(prefers-color-scheme:${ofTheme})`;
      // eslint-disable-next-line lingui/no-unlocalized-strings -- a media query
      else meta.media = ofTheme === theme ? "all" : "not all";
    }
  }
  apply();
  themePreference.subscribe(apply);
}
