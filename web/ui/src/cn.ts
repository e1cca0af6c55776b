import { type ClassValue, clsx } from "clsx";

/** Joins class names. Callers add classes for what a component leaves open; they do not override what it sets. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
