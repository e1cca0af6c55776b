import { t } from "@lingui/core/macro";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";
import { MyStoresPanel } from "./my-stores-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { SignOutPanel } from "./sign-out-panel.tsx";

/** The account of the user: what they get, the password and the sessions. */
export function AccountPage() {
  useDocumentTitle(t`My account`);
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight sm:text-[28px]">{t`My account`}</h1>
      <LoadingPanel className="mt-5" query={me} skeleton={<Skeleton className="h-96" />}>
        {({ email, stores }) => (
          <div className="grid grid-cols-1 gap-5">
            <p className="-mt-4 text-muted-foreground text-sm" data-testid="account-email">
              {email}
            </p>
            <MyStoresPanel stores={stores} />
            {email !== null && <PasswordPanel email={email} />}
            <SignOutPanel />
          </div>
        )}
      </LoadingPanel>
    </>
  );
}
