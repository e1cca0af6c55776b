import type { ReportPeriod } from "@metrica/client/owner.ts";

export const reportNames: Readonly<Record<ReportPeriod, { title: string; description: string }>> = {
  day: { title: "Daily report", description: "Yesterday, every morning at 7" },
  week: { title: "Weekly report", description: "The last week, in the morning after it" },
  month: { title: "Monthly report", description: "The last month, in the morning after it" },
};
