import type { AdminApi } from "@metrica/client/admin.ts";
import type { RuntimeConfig } from "@metrica/client/config.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import type { Session } from "@metrica/client/session.ts";
import { servicesOf } from "@metrica/ui/app/services.ts";

/** What the page talks to; made once at start, after the configuration has been read. */
export interface Services {
  config: RuntimeConfig;
  session: Session;
  admin: AdminApi;
  owner: OwnerApi;
}

export const { ServicesProvider, useServices } = servicesOf<Services>();
