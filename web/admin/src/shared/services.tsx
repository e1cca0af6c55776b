import type { AdminApi } from "@metrica/client/admin.ts";
import type { RuntimeConfig } from "@metrica/client/config.ts";
import type { OwnerApi } from "@metrica/client/owner.ts";
import type { Session } from "@metrica/client/session.ts";
import { createContext, use } from "react";

/** What the page talks to; made once at start, after the configuration has been read. */
export interface Services {
  config: RuntimeConfig;
  session: Session;
  admin: AdminApi;
  owner: OwnerApi;
}

const ServicesContext = createContext<Services | null>(null);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error("useServices needs a ServicesProvider above it.");
  return services;
}
