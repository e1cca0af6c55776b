import { createAdminApi } from "@metrica/client/admin.ts";
import { createOwnerApi } from "@metrica/client/owner.ts";
import { createSession } from "@metrica/client/session.ts";
import { App } from "@metrica/ui/app/app.tsx";
import { createQueryClient } from "@metrica/ui/app/query-client.ts";
import { start } from "@metrica/ui/app/start.tsx";
import { type Services, ServicesProvider } from "#shared/services.ts";
import "../index.css";
import { createAppRouter } from "./router.tsx";

await start((config) => {
  const session = createSession(config, "metrica-admin");
  const options = {
    baseUrl: config.apiUrl,
    token: () => session.token(),
    onRefused: () => void session.signOut(),
  };
  const services: Services = {
    config,
    session,
    admin: createAdminApi(options),
    owner: createOwnerApi(options),
  };
  const queries = createQueryClient();
  return (
    <ServicesProvider value={services}>
      <App queries={queries} router={createAppRouter(services)} session={session} />
    </ServicesProvider>
  );
});
