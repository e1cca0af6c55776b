import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";
import { Notice } from "./notice.tsx";
import { Skeleton } from "./skeleton.tsx";

/** The part of a query that a panel needs to know; TanStack Query's result fits. */
export interface PanelQuery<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  isPlaceholderData: boolean;
  refetch: () => unknown;
}

interface LoadingPanelProps<T> {
  query: PanelQuery<T>;
  /** Takes the place of the data until it is there, in its size. */
  skeleton?: ReactNode;
  isEmpty?: (data: T) => boolean;
  /** Says what will fill this place and what to do. */
  empty?: ReactNode;
  className?: string;
  children: (data: T) => ReactNode;
}

/**
 * One place for the four states of something loaded: loading, error, empty, data. Data once shown stays on screen while new
 * data loads (dimmed when it answers an earlier question) and when a later load fails.
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
    if (error !== null) return <FailedPanel error={error} onRetry={query.refetch} />;
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
          {error.message} What you see is from before.
        </Notice>
      )}
      {isEmpty?.(data) === true ? empty : children(data)}
    </div>
  );
}

function FailedPanel({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
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

/** An empty place: what will fill it, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-line-strong border-dashed px-6 py-14 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-md text-ink-soft text-sm">{children}</div>}
    </div>
  );
}
