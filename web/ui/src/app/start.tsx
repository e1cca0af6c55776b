import { ConfigError, loadConfig, type RuntimeConfig } from "@metrica/client/config.ts";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ConfigFault } from "../config-fault.tsx";

/** Reads the configuration and renders what `app` makes of it into `#root`; where that fails, what is wrong with it. */
export async function start(app: (config: RuntimeConfig) => ReactNode): Promise<void> {
  const element = document.getElementById("root");
  if (element === null) throw new Error("index.html has no #root.");
  const root = createRoot(element);
  try {
    root.render(<StrictMode>{app(await loadConfig())}</StrictMode>);
  } catch (error) {
    root.render(<ConfigFault problems={error instanceof ConfigError ? error.problems : [String(error)]} />);
  }
}
