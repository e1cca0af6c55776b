import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";
import { Notice } from "./notice.tsx";
import { Skeleton } from "./skeleton.tsx";

/** The properties of a query result of TanStack Query that a panel uses. */
export interface PanelQuery<T> {
  data: T | undefined;
  error: Error | null;
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
 * belongs to another query key) and when a refetch fails.
 */
export function LoadingPanel<T>({
  query,
  skeleton,
  isEmpty,
  empty,
  className,
  children,
}: LoadingPanelProps<T>) {
  const { data, error } = query;
  if (data === undefined) {
    if (error !== null) return <ErrorState error={error} onRetry={query.refetch} />;
    return (
      <div aria-busy="true" className={className} role="status">
        <span className="sr-only">Loading…</span>
        {skeleton ?? <Skeleton className="h-40 w-full" />}
      </div>
    );
  }
  return (
    <div
      aria-busy={query.isFetching}
      className={cn("transition-opacity duration-200", query.isPlaceholderData && "opacity-55", className)}
    >
      {error !== null && (
        <Notice className="mb-4" tone="caution">
          {error.message} Showing earlier data.
        </Notice>
      )}
      {isEmpty?.(data) === true ? empty : children(data)}
    </div>
  );
}

function ErrorState({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
  return (
    <div
      className="grid justify-items-center gap-3 rounded-2xl border border-line border-dashed px-6 py-12 text-center"
      role="alert"
    >
      <Icon className="text-2xl text-critical" name="alert" />
      <p className="max-w-md text-ink-soft text-sm">{error.message}</p>
      <Button onClick={() => onRetry()} size="small">
        Try again
      </Button>
    </div>
  );
}

/** The content of a page or panel without data. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-line-strong border-dashed px-6 py-14 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-md text-ink-soft text-sm">{children}</div>}
    </div>
  );
}
