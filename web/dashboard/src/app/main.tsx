import { ConfigError, loadConfig } from "@metrica/client/config.ts";
import { createOwnerApi } from "@metrica/client/owner.ts";
import { createSession } from "@metrica/client/session.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Services } from "#shared/services.tsx";
import "../index.css";
import { ConfigFault } from "@metrica/ui/config-fault.tsx";
import { App } from "./app.tsx";
import { createAppRouter } from "./router.tsx";

const element = document.getElementById("root");
if (element === null) throw new Error("index.html has no #root.");
const root = createRoot(element);

try {
  const config = await loadConfig();
  const session = createSession(config, "metrica-dashboard");
  const services: Services = {
    config,
    session,
    owner: createOwnerApi({
      baseUrl: config.apiUrl,
      token: () => session.token(),
      onRefused: () => void session.signOut(),
    }),
  };
  root.render(
    <StrictMode>
      <App router={createAppRouter(services)} services={services} />
    </StrictMode>,
  );
} catch (error) {
  root.render(<ConfigFault problems={error instanceof ConfigError ? error.problems : [String(error)]} />);
}
