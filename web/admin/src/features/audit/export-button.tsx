import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { errorMessage } from "@metrica/ui/error-message.ts";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useServices } from "#shared/services.ts";
import { fetchAuditEntries, toCsv } from "./export.ts";
import type { AuditSearch } from "./search.ts";

interface ExportButtonProps {
  search: AuditSearch;
  storeNames: ReadonlyMap<string, string>;
}

/** Downloads the entries that match the filters as a CSV file. */
export function ExportButton({ search, storeNames }: ExportButtonProps) {
  const { admin } = useServices();
  const download = useMutation({
    mutationFn: () => fetchAuditEntries(admin, search),
    onSuccess: (entries) => saveFile("audit.csv", toCsv(entries, storeNames)),
  });
  return (
    <div className="text-right">
      <Button
        data-testid="audit-export"
        disabled={download.isPending}
        onClick={() => download.mutate()}
        size="sm"
        type="button"
        variant="outline"
      >
        <Download /> {download.isPending ? t`Exporting…` : t`Export CSV`}
      </Button>
      {download.error !== null && (
        <p className="mt-1 text-[13px] text-destructive" role="alert">
          {errorMessage(download.error)}
        </p>
      )}
    </div>
  );
}

function saveFile(name: string, text: string) {
  // The byte order mark tells spreadsheets that the file is UTF-8.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Chromium reads the URL after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
