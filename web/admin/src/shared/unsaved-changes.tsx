import { lazyDialog } from "@metrica/ui/lazy-dialog.tsx";
import { useBlocker } from "@tanstack/react-router";

const LeaveDialog = lazyDialog(() => import("./leave-dialog.tsx").then((module) => module.LeaveDialog));

interface UnsavedChangesProps {
  unsaved: boolean;
  /** What is lost: `The changes of the counting line are not saved.` */
  message: string;
}

/** Asks before the page is left while something is not saved. */
export function UnsavedChanges({ unsaved, message }: UnsavedChangesProps) {
  const blocker = useBlocker({
    shouldBlockFn: () => unsaved,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return <LeaveDialog message={message} onLeave={blocker.proceed} onStay={blocker.reset} />;
}
