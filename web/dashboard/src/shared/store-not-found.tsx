import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { EmptyState } from "@metrica/ui/loading-panel.tsx";
import { Link } from "@tanstack/react-router";

/** What a page of a store shows when there is no such store, or the user may not see it: the API tells no difference. */
export function StoreNotFound() {
  return (
    <EmptyState title={t`Store not found`}>
      <p className="mb-2">
        <Trans>The store does not exist, or you do not have access to it.</Trans>
      </p>
      <Link className="text-primary underline underline-offset-2" to="/">
        <Trans>Back to my stores</Trans>
      </Link>
    </EmptyState>
  );
}
