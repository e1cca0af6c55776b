import { type ReactNode, useId } from "react";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardHeader,
  CardTitle,
} from "./components/ui/card.tsx";

interface PanelProps {
  title: string;
  /** The line under the title: what the panel shows, with the unit. */
  description?: ReactNode;
  /** Controls or a legend, right of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A card with a title. The title names the region for screen readers. */
export function Panel({ title, description, aside, className, children }: PanelProps) {
  const id = useId();
  return (
    <Card aria-labelledby={id} className={className} role="region">
      <CardHeader>
        <div className="min-w-0">
          <CardTitle id={id}>{title}</CardTitle>
          {description !== undefined && <CardDescription>{description}</CardDescription>}
        </div>
        {aside !== undefined && aside !== false && <CardAction>{aside}</CardAction>}
      </CardHeader>
      <CardContent>{children}</CardContent>
    </Card>
  );
}
