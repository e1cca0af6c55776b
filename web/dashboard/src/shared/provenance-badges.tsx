import type { Provenance } from "@metrica/client/owner.ts";
import { Badge } from "@metrica/ui/badge.tsx";

/** The badges for data that was not counted by a camera. */
export function ProvenanceBadges({ provenance }: { provenance: Provenance }) {
  return (
    <>
      {provenance.generated && (
        <Badge
          icon="sparkles"
          testId="badge-generated"
          title="Part of this history is generated sample data."
          tone="caution"
        >
          Generated history
        </Badge>
      )}
      {provenance.simulated && (
        <Badge
          icon="sparkles"
          testId="badge-simulated"
          title="Part of these crossings come from a simulator."
          tone="caution"
        >
          Simulated crossings
        </Badge>
      )}
    </>
  );
}
