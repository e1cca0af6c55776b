import type { Provenance } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/badge.tsx";

/** Says plainly when numbers on this page were not counted by a camera. */
export function ProvenanceBadges({ provenance }: { provenance: Provenance }) {
  return (
    <>
      {provenance.generated && (
        <Badge
          icon="sparkles"
          testId="badge-generated"
          title="Part of these numbers is made up, to show what weeks of history look like."
          tone="caution"
        >
          Generated history
        </Badge>
      )}
      {provenance.simulated && (
        <Badge
          icon="sparkles"
          testId="badge-simulated"
          title="Part of these crossings come from a simulator, not from a camera."
          tone="caution"
        >
          Simulated crossings
        </Badge>
      )}
    </>
  );
}
