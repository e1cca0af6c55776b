import type { CompareMode } from "@metrica/client/owner.ts";

export const compareLabels: Record<CompareMode, string> = {
  previous: "Previous period",
  year: "Last year",
  none: "Off",
};
