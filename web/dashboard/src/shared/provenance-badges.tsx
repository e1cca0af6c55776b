import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Provenance } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/components/ui/badge.tsx";
import { Sparkles } from "lucide-react";

/** The badges for data that was not counted by a camera. */
export function ProvenanceBadges({ provenance }: { provenance: Provenance }) {
  return (
    <>
      {provenance.generated && (
        <Badge
          data-testid="badge-generated"
          title={t`Part of this history is generated sample data.`}
          variant="warning"
        >
          <Sparkles />
          <Trans>Generated history</Trans>
        </Badge>
      )}
      {provenance.simulated && (
        <Badge
          data-testid="badge-simulated"
          title={t`Part of these crossings come from a simulator.`}
          variant="warning"
        >
          <Sparkles />
          <Trans>Simulated crossings</Trans>
        </Badge>
      )}
    </>
  );
}
