import type { CountAssessment } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { AssessmentTable } from "./assessment-table.tsx";
import { describeAssessment, describeEvidence } from "./words.ts";

/** What the count checks of a camera say: whether they make a certificate, or how many people are missing. */
export function AssessmentSummary({ assessment }: { assessment: CountAssessment }) {
  return (
    <div className="mb-6 grid gap-3">
      <Alert data-testid="assessment-verdict" variant={assessment.is_certificate ? "success" : "default"}>
        <AlertDescription>{describeAssessment(assessment)}</AlertDescription>
      </Alert>
      {assessment.checks > 0 && (
        <>
          <AssessmentTable assessment={assessment} />
          <p className="text-muted-foreground text-xs">{describeEvidence(assessment)}</p>
        </>
      )}
    </div>
  );
}
