import { createOwnerApi } from "@metrica/client/owner.ts";
import { App, createQueryClient, renderApp } from "@metrica/ui/app/app.tsx";
import { languageCodes } from "@metrica/ui/language/languages.ts";
import { takeLinkFragment } from "@metrica/ui/session/link-fragment.ts";
import { type Services, ServicesProvider } from "#shared/services.ts";
import "../index.css";
import { appMessages } from "./first-pages.ts";
import { createAppRouter } from "./router.tsx";
import { startApp } from "./startup.ts";

takeLinkFragment();

await renderApp({ languages: languageCodes, loadMessages: appMessages }, async () => {
  const { config, session, early } = await startApp();
  const owner = createOwnerApi({ baseUrl: config.apiUrl, session, early });
  const services: Services = { config, session, owner };
  const queryClient = createQueryClient();
  const router = createAppRouter(services, queryClient);
  // Loads the page and requests its numbers while the messages load, instead of when the app is rendered.
  void router.load();
  return (
    <ServicesProvider value={services}>
      <App queryClient={queryClient} router={router} session={session} />
    </ServicesProvider>
  );
});
