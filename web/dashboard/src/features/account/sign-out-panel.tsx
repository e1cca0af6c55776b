import { t } from "@lingui/core/macro";
import { Button } from "@metrica/ui/components/ui/button.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useServices } from "#shared/services.ts";

const ConsequencesDialog = lazy(() =>
  import("@metrica/ui/consequences-dialog.tsx").then((module) => ({ default: module.ConsequencesDialog })),
);

/** Ends the sessions of all browsers after a confirmation. */
export function SignOutPanel() {
  const { session } = useServices();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const signOut = useMutation({
    mutationFn: () => session.signOutEverywhere(),
    onSuccess: () => navigate({ to: "/sign-in" }),
  });
  return (
    <Panel
      description={t`For example after you used a computer of somebody else, or lost a phone`}
      title={t`Sign out everywhere`}
    >
      <Button
        data-testid="sign-out-everywhere"
        onClick={() => setAsking(true)}
        type="button"
        variant="outline"
      >{t`Sign out everywhere`}</Button>
      <Suspense>
        {asking && (
          <ConsequencesDialog
            action={signOut}
            consequences={[
              t`You are signed out in this browser now.`,
              t`Other browsers can read the numbers for an hour at most. Then they are signed out, too.`,
            ]}
            label={t`Sign out everywhere`}
            onClose={() => {
              setAsking(false);
              signOut.reset();
            }}
            open
            testId="sign-out-everywhere"
            title={t`Sign out in all browsers?`}
            variant="default"
          />
        )}
      </Suspense>
    </Panel>
  );
}
