import { createAuthorizedFetch } from "@metrica/client/authorized-fetch.ts";
import { loadConfig, type RuntimeConfig } from "@metrica/client/config.ts";
import { createEarlyRequests, type EarlyRequests } from "@metrica/client/early-requests.ts";
import { createSession, type Session } from "@metrica/client/session/session.ts";
import { createSessionStorage } from "@metrica/client/session/stored-session.ts";
import { languageCodes, preferredLanguage } from "@metrica/ui/language/languages.ts";
import { uiMessages } from "@metrica/ui/language/messages.ts";
import { appMessages, type FirstPage, firstPageAt, firstPages, loadLayout } from "./first-pages.ts";

/** Where the browser stores the session. */
const sessionKey = "metrica-dashboard";

/** What the app takes over from its start. */
interface Startup {
  config: RuntimeConfig;
  session: Session;
  early: EarlyRequests;
}

let startup: Promise<Startup> | undefined;

/** Starts the app, once: loads the configuration, then whatever the first page needs. Rejects with a ConfigError. */
export function startApp(): Promise<Startup> {
  startup ??= loadStartup();
  return startup;
}

async function loadStartup(): Promise<Startup> {
  const isSignedIn = createSessionStorage(sessionKey).read() !== null;
  const first = firstPageAt(location.pathname, isSignedIn);
  if (first !== null) loadCode(first.page);
  const config = await loadConfig();
  const session = createSession(config, sessionKey);
  const early = createEarlyRequests(createAuthorizedFetch(session));
  session.onSignedOut(early.clear);
  // With search parameters, the router knows what the page requests.
  if (first !== null && location.search === "")
    for (const path of first.page.requests(first.id)) early.send(config.apiUrl + path);
  return { config, session, early };
}

function loadCode(page: FirstPage): void {
  const language = preferredLanguage(languageCodes);
  const parts: Promise<unknown>[] = [uiMessages, appMessages, page.messages].map((load) => load(language));
  parts.push(page.load());
  if (page !== firstPages.signIn) parts.push(loadLayout());
  Promise.all(parts).catch(() => {
    // The app imports them again, and shows the error.
  });
}
