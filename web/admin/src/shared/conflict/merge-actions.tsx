import { t } from "@lingui/core/macro";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import type { Merge } from "./use-merge.ts";

interface MergeActionsProps {
  merge: Merge;
  busy: boolean;
  error: Error | null;
  onCancel: () => void;
}

/** The end of a form with `useMerge`: what somebody else has changed, and the buttons. */
export function MergeActions({ merge, busy, error, onCancel }: MergeActionsProps) {
  return (
    <>
      {merge.conflict !== null && (
        <ConflictNotice
          choices={merge.choices}
          conflict={merge.conflict}
          fields={merge.merged}
          onChoose={merge.choose}
        />
      )}
      <FormActions busy={busy || merge.mustChoose} error={error} onCancel={onCancel} submitLabel={t`Save`} />
    </>
  );
}
