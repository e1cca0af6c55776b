import { Trans } from "@lingui/react/macro";
import type { Dashboard } from "@metrica/client/owner.ts";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { useMutation } from "@tanstack/react-query";
import { useServices } from "#shared/services.ts";
import { getFootfallCsv } from "./api/get-footfall-csv.ts";

/** Downloads the visitors and exits of the period as a CSV file. */
export function DownloadCsvButton({ dashboard }: { dashboard: Dashboard }) {
  const { owner } = useServices();
  const download = useMutation({
    mutationFn: () => getFootfallCsv(owner, dashboard),
    onSuccess: (file) => saveFile(file),
  });
  return (
    <span className="flex flex-wrap items-center gap-3">
      <Button
        type="button"
        variant="outline"
        disabled={download.isPending}
        data-testid="csv"
        onClick={() => download.mutate()}
        size="sm"
      >
        <Trans>Download CSV</Trans>
      </Button>
      {download.error !== null && (
        <span className="text-[13px] text-destructive" role="alert">
          {errorText(download.error)}
        </span>
      )}
    </span>
  );
}

function saveFile(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(url);
}
