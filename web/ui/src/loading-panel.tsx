import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Alert, AlertDescription } from "./components/ui/alert.tsx";
import { Button } from "./components/ui/button.tsx";
import { Skeleton } from "./components/ui/skeleton.tsx";
import { errorText } from "./error-text.ts";
import { cn } from "./lib/utils.ts";

/** The properties of a query result of TanStack Query that a panel uses. */
export interface PanelQuery<T> {
  data: T | undefined;
  error: Error | null;
  /** How often this query has failed. */
  errorUpdateCount: number;
  isFetching: boolean;
  isPlaceholderData: boolean;
  refetch: () => unknown;
}

interface LoadingPanelProps<T> {
  query: PanelQuery<T>;
  /** The placeholder while the data loads. It has the size of the data, so that the layout does not shift. */
  skeleton?: ReactNode;
  isEmpty?: (data: T) => boolean;
  /** The content when there is no data: what will appear here and what to do. */
  empty?: ReactNode;
  className?: string;
  children: (data: T) => ReactNode;
}

/**
 * Shows the state of a query: loading, error, empty or data. Earlier data stays visible while new data loads (dimmed when it
 * belongs to another query key) and when a refetch fails. An error without data stays until data arrives.
 */
export function LoadingPanel<T>({
  query,
  skeleton,
  isEmpty,
  empty,
  className,
  children,
}: LoadingPanelProps<T>) {
  const { error } = query;
  // TanStack Query forgets the error when it tries again. The panel keeps it until there is data, so that it does not flicker.
  const [lastError, setLastError] = useState(error);
  if (error !== null && error !== lastError) setLastError(error);
  const hasFailed = query.errorUpdateCount > 0 && (query.data === undefined || query.isPlaceholderData);
  const data = hasFailed ? undefined : query.data;
  const shownError = error ?? (hasFailed ? lastError : null);
  if (data === undefined) {
    if (shownError !== null) return <ErrorState error={shownError} onRetry={query.refetch} />;
    return (
      <LoadingState className={className}>{skeleton ?? <Skeleton className="h-40 w-full" />}</LoadingState>
    );
  }
  return (
    <div
      aria-busy={query.isFetching}
      className={cn("transition-opacity duration-200", query.isPlaceholderData && "opacity-55", className)}
    >
      {error !== null && (
        <Alert className="mb-4" variant="warning">
          <AlertDescription>{staleText(error)}</AlertDescription>
        </Alert>
      )}
      {isEmpty?.(data) === true ? empty : children(data)}
    </div>
  );
}

/** Says that something loads, and shows its skeleton. */
export function LoadingState({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div aria-busy="true" className={className} role="status">
      <span className="sr-only">{t`Loading…`}</span>
      {children}
    </div>
  );
}

function staleText(error: Error): string {
  const problem = errorText(error);
  return t`${problem} Showing earlier data.`;
}

function ErrorState({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
  return (
    <div
      className="grid justify-items-center gap-3 rounded-2xl border border-border border-dashed px-6 py-12 text-center"
      role="alert"
    >
      <TriangleAlert className="text-2xl text-destructive" />
      <p className="max-w-md text-muted-foreground text-sm">{errorText(error)}</p>
      <Button type="button" variant="outline" onClick={() => onRetry()} size="sm">
        <Trans>Try again</Trans>
      </Button>
    </div>
  );
}

/** The content of a page or panel without data. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-input border-dashed px-6 py-14 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-md text-muted-foreground text-sm">{children}</div>}
    </div>
  );
}
