import { createContext, use } from "react";

/** Creates the context of an app's services: its provider and the hook that reads it. */
export function createServicesContext<S>() {
  const ServicesContext = createContext<S | null>(null);
  function useServices(): S {
    const services = use(ServicesContext);
    if (services === null) throw new Error("useServices must be used inside a ServicesProvider.");
    return services;
  }
  return { ServicesProvider: ServicesContext.Provider, useServices };
}
