import { PageLayout } from "@metrica/ui/page-layout.tsx";
import { Wordmark } from "@metrica/ui/wordmark.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";

/** The layout of the pages for signed-in users. */
export function SignedInLayout() {
  const { owner, session } = useServices();
  const me = useQuery(meQuery(owner));
  const navigate = useNavigate();

  async function signOut() {
    await navigate({ to: "/sign-in" });
    await session.signOut();
  }

  return (
    <PageLayout
      email={me.data?.email}
      home={
        <Link aria-label="Metrica: my stores" className="flex rounded" to="/">
          <Wordmark className="text-[17px]" />
        </Link>
      }
      onSignOut={() => void signOut()}
    >
      <Outlet />
    </PageLayout>
  );
}
