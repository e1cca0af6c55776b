import { WelcomePage as SharedPage } from "@metrica/ui/session/welcome-page.tsx";
import { getRouteApi } from "@tanstack/react-router";
import { appName } from "#shared/app-name.ts";
import { useServices } from "#shared/services.ts";

const route = getRouteApi("/welcome");

/** The page of the links in recovery emails. */
export function WelcomePage() {
  return <SharedPage search={route.useSearch()} session={useServices().session} suffix={appName} />;
}
