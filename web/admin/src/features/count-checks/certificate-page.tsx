import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera, CountChecks, Store } from "@metrica/client/admin.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { formatDate, formatTimeZone } from "@metrica/ui/format/time.ts";
import { EmptyState, LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { usePrintTime } from "@metrica/ui/use-print-time.ts";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft, Printer } from "lucide-react";
import { cameraQuery } from "#features/cameras/api/get-camera.ts";
import { storeQuery } from "#features/stores/api/get-store.ts";
import { DescriptionList } from "#shared/description-list.tsx";
import { useServices } from "#shared/services.ts";
import { countChecksQuery } from "./api/count-checks.ts";
import { AssessmentTable } from "./assessment-table.tsx";
import { CertificateWindows } from "./certificate-windows.tsx";
import { describeAssessment } from "./words.ts";

const route = getRouteApi("/_signed-in/cameras/$cameraId/certificate");

/** The certificate of the count of an entrance, for one page of A4. */
export function CertificatePage() {
  const { cameraId } = route.useParams();
  const { admin } = useServices();
  const camera = useQuery(cameraQuery(admin, cameraId));
  const storeId = camera.data?.store_id;
  const store = useQuery({ ...storeQuery(admin, storeId ?? ""), enabled: storeId !== undefined });
  const checks = useQuery(countChecksQuery(admin, cameraId));
  const name = camera.data?.name;
  useDocumentTitle(name === undefined ? t`Count certificate` : t`Count certificate of ${name}`);
  return (
    <LoadingPanel query={camera}>
      {(ofCamera) => (
        <LoadingPanel query={store}>
          {(ofStore) => (
            <LoadingPanel query={checks}>
              {(data) => <Certificate camera={ofCamera} checks={data} store={ofStore} />}
            </LoadingPanel>
          )}
        </LoadingPanel>
      )}
    </LoadingPanel>
  );
}

interface CertificateProps {
  camera: Camera;
  store: Store;
  checks: CountChecks;
}

function Certificate({ camera, store, checks }: CertificateProps) {
  const { assessment } = checks;
  const { camera_id: cameraId } = camera;
  const { store_id: storeId } = store;
  const version = assessment.line_version;
  const since = formatDate(assessment.counts_from, store.timezone);
  const used = checks.count_checks.filter(({ use }) => use === "used");
  const today = formatDate(new Date(usePrintTime()).toISOString(), store.timezone);
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-5 print:max-w-none print:text-sm">
      <div className="flex flex-wrap items-center justify-between gap-3 print:hidden">
        <Link
          className="inline-flex items-center gap-1 rounded text-[13px] text-muted-foreground hover:text-foreground"
          params={{ cameraId: camera.camera_id }}
          to="/cameras/$cameraId"
        >
          <ChevronLeft /> {camera.name}
        </Link>
        {used.length > 0 && (
          <Button
            data-testid="print"
            onClick={() => window.print()}
            size="sm"
            type="button"
            variant="outline"
          >
            <Printer /> {t`Print`}
          </Button>
        )}
      </div>
      {used.length === 0 ? (
        <>
          <h1 className="font-semibold text-2xl tracking-tight">{t`Certificate of the count`}</h1>
          <EmptyState title={t`There is nothing to certify yet`}>
            <Trans>
              No count check is about the present line of this camera. Count people at the entrance first.
            </Trans>
          </EmptyState>
        </>
      ) : (
        <article className="grid grid-cols-1 gap-5 print:gap-3" data-testid="certificate">
          <header className="grid gap-1">
            <Wordmark className="text-[17px]" />
            <h1 className="mt-2 font-semibold text-2xl tracking-tight">
              {assessment.is_certificate ? t`Certificate of the count` : t`Report on the count`}
            </h1>
            <p data-testid="certificate-verdict">{describeAssessment(assessment)}</p>
          </header>
          <DescriptionList
            entries={[
              [t`Store`, store.name],
              [t`Entrance`, camera.name],
              [t`Date`, today],
              [t`Line`, t`Version ${version}, since ${since}`],
              [
                t({ message: "Worker", context: "the program on the edge box" }),
                [camera.worker_version, camera.model].filter(Boolean).join(" · ") || "–",
              ],
              [t`Time zone`, formatTimeZone(store.timezone)],
            ]}
          />
          <AssessmentTable assessment={assessment} />
          <CertificateWindows checks={used} timezone={store.timezone} />
          <Method />
          <p className="wrap-anywhere text-muted-foreground text-xs">
            {t`Camera ${cameraId} · store ${storeId}`}
          </p>
        </article>
      )}
    </div>
  );
}

function Method() {
  return (
    <section className="grid gap-2 text-sm print:gap-1 print:text-xs">
      <h2 className="font-semibold">{t`Method`}</h2>
      <p>
        <Trans>
          People were counted by hand at the entrance, and compared with the crossings that the camera had
          counted in the same parts of the same windows. The error is (camera − manual) ÷ manual. Its interval
          is that of the equivalence test of VDV 457 (two one-sided tests of 95%), and at least that of the
          errors seen by Garwood's exact limits. A certificate is given if the intervals of both directions
          lie within ±2%.
        </Trans>
      </p>
      <h2 className="font-semibold">{t`What this does not say`}</h2>
      <ul className="grid list-disc gap-0.5 pl-5">
        <li>{t`Whether every single person was counted right: errors of the two kinds can cancel out.`}</li>
        <li>{t`How the camera counts with other light, other crowds, another line, model or version.`}</li>
        <li>{t`Whether the manual count is right. It is taken as the truth.`}</li>
        <li>{t`Who was counted. No identity is stored.`}</li>
      </ul>
    </section>
  );
}
