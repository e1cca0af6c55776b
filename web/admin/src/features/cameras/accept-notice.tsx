import { t } from "@lingui/core/macro";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { ConsequencesDialog } from "@metrica/ui/consequences-dialog.tsx";
import type { UseMutationResult } from "@tanstack/react-query";
import { type ComponentProps, type ReactNode, useState } from "react";

interface AcceptNoticeProps
  extends Pick<ComponentProps<typeof ConsequencesDialog>, "consequences" | "title"> {
  action: Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;
  /** What the edge box reports. */
  children: ReactNode;
  /** The text of the button. */
  label: string;
  /** The test ids of the notice, and of the button with its dialog. */
  noticeTestId: string;
  testId: string;
}

/** Says what the edge box of a camera reports, and lets the user accept it after reading the consequences. */
export function AcceptNotice({
  action,
  children,
  consequences,
  label,
  noticeTestId,
  testId,
  title,
}: AcceptNoticeProps) {
  const [open, setOpen] = useState(false);

  return (
    <Alert data-testid={noticeTestId} variant="warning">
      <AlertDescription>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p>{children}</p>
          <Button
            type="button"
            variant="outline"
            data-testid={testId}
            onClick={() => setOpen(true)}
            size="sm"
          >
            {label}
          </Button>
        </div>
        <ConsequencesDialog
          action={{
            ...action,
            // The notice can stay: the edge box reports the change of a view until its next heartbeat.
            mutate: () => action.mutate(undefined, { onSuccess: () => setOpen(false) }),
          }}
          consequences={consequences}
          label={t`Accept`}
          onClose={() => setOpen(false)}
          open={open}
          testId={testId}
          title={title}
          variant="default"
        />
      </AlertDescription>
    </Alert>
  );
}
