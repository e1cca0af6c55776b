import { type ClassValue, clsx } from "clsx";

/** Joins class names. Callers can add classes to a component, but cannot override its own. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
