import { createAdminApi } from "@metrica/client/admin.ts";
import { loadConfig } from "@metrica/client/config.ts";
import { createOwnerApi } from "@metrica/client/owner.ts";
import { createSession } from "@metrica/client/session/session.ts";
import { App, createQueryClient, renderApp } from "@metrica/ui/app/app.tsx";
import { type Language, languages } from "@metrica/ui/language/languages.ts";
import { takeLinkFragment } from "@metrica/ui/session/link-fragment.ts";
import { type Services, ServicesProvider } from "#shared/services.ts";
import "../index.css";
import { createAppRouter } from "./router.tsx";

takeLinkFragment();

const appLanguages = {
  languages: Object.keys(languages) as Language[],
  loadMessages: (language: Language) => import(`../locales/${language}.po`),
};

await renderApp(appLanguages, async () => {
  const config = await loadConfig();
  const session = createSession(config, "metrica-admin");
  const options = { baseUrl: config.apiUrl, session };
  const services: Services = {
    config,
    session,
    admin: createAdminApi(options),
    owner: createOwnerApi(options),
  };
  const queryClient = createQueryClient();
  const router = createAppRouter(services);
  // Loads the page while the messages load, instead of when the app is rendered.
  void router.load();
  return (
    <ServicesProvider value={services}>
      <App queryClient={queryClient} router={router} session={session} />
    </ServicesProvider>
  );
});
