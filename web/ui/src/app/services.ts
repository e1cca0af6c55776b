import { createContext, use } from "react";

/** What an app talks to, handed down to its pages: the provider, and the hook that reads it. */
export function servicesOf<S>() {
  const Services = createContext<S | null>(null);
  function useServices(): S {
    const services = use(Services);
    if (services === null) throw new Error("useServices needs a ServicesProvider above it.");
    return services;
  }
  return { ServicesProvider: Services.Provider, useServices };
}
