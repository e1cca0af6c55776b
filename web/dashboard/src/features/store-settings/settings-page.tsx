import { t } from "@lingui/core/macro";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbSeparator,
} from "@metrica/ui/components/ui/breadcrumb.tsx";
import { Skeleton } from "@metrica/ui/components/ui/skeleton.tsx";
import { LoadingPanel } from "@metrica/ui/loading-panel.tsx";
import { segmentClass } from "@metrica/ui/segmented-control.tsx";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { meQuery } from "#features/session/api/get-me.ts";
import { useServices } from "#shared/services.ts";
import { StoreNotFound } from "#shared/store-not-found.tsx";
import { MyStoreProvider } from "./my-store.ts";

const route = getRouteApi("/_signed-in/stores/$storeId/settings");

/** The settings of a store: its name, the links to the sections, and the section of the address. */
export function SettingsPage() {
  const { storeId } = route.useParams();
  const { owner } = useServices();
  const me = useQuery(meQuery(owner));
  const store = me.data?.stores.find(({ store_id }) => store_id === storeId);
  const name = store?.name;
  useDocumentTitle(name === undefined ? t`Settings` : t`Settings of ${name}`);
  return (
    <LoadingPanel query={me} skeleton={<SettingsSkeleton />}>
      {() =>
        store === undefined ? (
          <StoreNotFound />
        ) : (
          <MyStoreProvider value={store}>
            <div className="grid grid-cols-1 gap-5">
              <header>
                <Breadcrumb>
                  <BreadcrumbList className="flex-nowrap">
                    <BreadcrumbItem>
                      <BreadcrumbLink asChild>
                        <Link data-testid="settings-store" params={{ storeId }} to="/stores/$storeId">
                          {store.name}
                        </Link>
                      </BreadcrumbLink>
                    </BreadcrumbItem>
                    <BreadcrumbSeparator />
                  </BreadcrumbList>
                </Breadcrumb>
                <h1 className="mt-0.5 font-semibold text-2xl tracking-tight sm:text-[28px]">{t`Settings`}</h1>
              </header>
              <Sections storeId={storeId} />
              <Outlet />
            </div>
          </MyStoreProvider>
        )
      }
    </LoadingPanel>
  );
}

function sections() {
  return [
    { to: "/stores/$storeId/settings/notifications", label: t`Notifications` },
    { to: "/stores/$storeId/settings/reports", label: t`Reports` },
    { to: "/stores/$storeId/settings/calendar", label: t`Calendar` },
    { to: "/stores/$storeId/settings/incidents", label: t`Incidents` },
    { to: "/stores/$storeId/settings/screens", label: t`Screens` },
  ] as const;
}

function Sections({ storeId }: { storeId: string }) {
  return (
    <nav
      aria-label={t`Sections of the settings`}
      className="grid w-full grid-cols-2 rounded-xl bg-muted p-1 text-center sm:flex sm:w-fit"
    >
      {sections().map(({ to, label }) => (
        <Link
          activeOptions={{ includeSearch: false }}
          activeProps={{ className: segmentClass(true), "aria-current": "page" }}
          inactiveProps={{ className: segmentClass(false) }}
          key={to}
          params={{ storeId }}
          to={to}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function SettingsSkeleton() {
  return (
    <div className="grid gap-5">
      <Skeleton className="h-14 w-48" />
      <Skeleton className="h-10 w-80 max-w-full" />
      <Skeleton className="h-64" />
    </div>
  );
}
