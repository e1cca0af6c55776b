import type { AdminApi } from "@metrica/client/admin.ts";
import type { RuntimeConfig } from "@metrica/client/config.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import type { Session } from "@metrica/client/session/session.ts";
import { createServicesContext } from "@metrica/ui/app/services.ts";

/** The configuration, the session and the API clients. They are created once, after the configuration is loaded. */
export interface Services {
  config: RuntimeConfig;
  session: Session;
  admin: AdminApi;
  owner: OwnerApi;
}

export const { ServicesProvider, useServices } = createServicesContext<Services>();
