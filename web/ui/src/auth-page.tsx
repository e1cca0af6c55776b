import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Card } from "./components/ui/card.tsx";
import { LanguageSelect } from "./language/language-select.tsx";
import { Wordmark } from "./wordmark.tsx";

interface AuthPageProps {
  title: string;
  description: ReactNode;
  /** The name of the app, beside the name of the product. */
  suffix?: string | undefined;
  children: ReactNode;
}

/** The layout of the pages without navigation: sign-in, invitation, password. */
export function AuthPage({ title, description, suffix, children }: AuthPageProps) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-8 px-5 py-12">
      <Wordmark className="text-xl" {...(suffix === undefined ? {} : { suffix })} />
      <Card className="p-6 sm:p-7">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-muted-foreground text-sm">{description}</p>
        {children}
      </Card>
      <p className="text-muted-foreground text-xs leading-relaxed">
        <Trans>
          Metrica counts how many people cross a line. It does not recognise faces or identify people. The
          images that leave the store show the empty scene.
        </Trans>
      </p>
      <LanguageSelect />
    </main>
  );
}
