import { useSyncExternalStore } from "react";
import type { Preference } from "./preference.ts";

/** Returns the value of a setting and a function that changes it. */
export function usePreference<T extends string>(preference: Preference<T>): [T, (value: T) => void] {
  return [useSyncExternalStore(preference.subscribe, preference.get), preference.set];
}
