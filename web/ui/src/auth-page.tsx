import type { ReactNode } from "react";
import { Card } from "./card.tsx";
import { Wordmark } from "./wordmark.tsx";

interface AuthPageProps {
  title: string;
  lead: ReactNode;
  /** Which of the apps this is, beside the product's name. */
  suffix?: string;
  children: ReactNode;
}

/** The quiet page around a form of one's own: sign-in, invitation. */
export function AuthPage({ title, lead, suffix, children }: AuthPageProps) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-8 px-5 py-12">
      <Wordmark className="text-xl" {...(suffix === undefined ? {} : { suffix })} />
      <Card className="p-6 sm:p-7">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-ink-soft text-sm">{lead}</p>
        {children}
      </Card>
      <p className="text-ink-faint text-xs leading-relaxed">
        Metrica counts crossings of a line, and nothing else. No faces, no identities, no pictures leave the
        store unblurred.
      </p>
    </main>
  );
}
