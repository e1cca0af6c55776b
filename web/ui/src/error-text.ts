import { t } from "@lingui/core/macro";
import { ApiProblem, type FieldProblem, NetworkError } from "@metrica/client/problem.ts";
import {
  AuthIncompleteError,
  AuthRefusedError,
  AuthUnavailableError,
} from "@metrica/client/session/auth-service.ts";
import { withMessages } from "./language/catalogues.ts";
import { currentLanguage } from "./language/language.ts";
import { problemMessages } from "./problems/messages.ts";

interface ProblemWords {
  describeProblem: (type: string) => string | undefined;
  describeField: (field: FieldProblem) => string | undefined;
}

let words: ProblemWords | null = null;

/**
 * Loads the sentences about what an API refuses. They are not needed to sign in, so the pages behind it load them. Until then, and if they
 * cannot be loaded, the English sentences of the API are shown; the next page tries again.
 */
export async function loadProblemWords(): Promise<void> {
  if (words !== null) return;
  const modules = Promise.all([import("./problems/problem-words.ts"), import("./problems/field-words.ts")]);
  const [{ describeProblem }, { describeField }] = await withMessages(modules, problemMessages);
  words = { describeProblem, describeField };
}

/** Returns the sentence about the input of a field in the language of the page, or the English one of the API. */
export function fieldText(field: FieldProblem): string {
  return (currentLanguage() === "en" ? undefined : words?.describeField(field)) ?? field.message;
}

/**
 * Returns the sentence about an error in the language of the page. The server writes in English: a known kind of problem has a sentence
 * here; of another one, the sentence of the server is shown.
 */
export function errorText(error: Error): string {
  if (error instanceof NetworkError) return t`Cannot reach the server. Check your internet connection.`;
  if (error instanceof ApiProblem) return problemText(error);
  if (error instanceof AuthRefusedError) return refusalText(error);
  if (error instanceof AuthIncompleteError)
    return t`The sign-in service returned an incomplete session. Try again.`;
  if (error instanceof AuthUnavailableError) {
    return error.retryAfter === undefined
      ? t`Cannot reach the sign-in service. Check your internet connection. The page tries again by itself.`
      : t`Too many attempts. Wait a minute, then try again.`;
  }
  if (missingModule.test(error.message))
    return t`A part of this page could not be loaded. Check your internet connection, then reload the page.`;
  return error.message;
}

/** What Chrome, Firefox and Safari say when they cannot load the code of a page, such as after a deployment. */
const missingModule = /dynamically imported module|^Importing a module script failed/;

const tryLater = () => t`The server failed to handle the request. Try again later.`;

/** The problems that a page without a sign-in can meet, too. */
const generalWords = {
  forbidden: () => t`Your account is not allowed to do this.`,
  internal_error: tryLater,
  not_found: () => t`This does not exist, or you do not have access to it.`,
  too_many_requests: () => t`Too many requests. Wait a minute, then try again.`,
  unauthorized: () => t`You are signed out. Sign in again.`,
  unavailable: tryLater,
  upstream_failed: tryLater,
};

export type GeneralProblemType = keyof typeof generalWords;

function isGeneral(type: string): type is GeneralProblemType {
  return Object.hasOwn(generalWords, type);
}

/** The English sentence of the server says more than its kind, so that it is shown in English, and where the cause is in it. */
function problemText({ slug, status, message }: ApiProblem): string {
  if (currentLanguage() === "en") return message;
  if (slug === "unknown") return t`The server returned the status ${status}.`;
  if (isGeneral(slug)) return generalWords[slug]();
  return words?.describeProblem(slug) ?? t`The server rejected the request: ${message}`;
}

function refusalText({ code, message }: AuthRefusedError): string {
  switch (code) {
    case "invalid_credentials":
      return t`Incorrect email address or password.`;
    case "otp_expired":
    case "refresh_token_not_found":
    case "refresh_token_already_used":
      return t`This link has expired or was already used. Request a new one.`;
    case "weak_password":
      return t`This password is too weak. Choose a longer one.`;
    case "same_password":
      return t`The new password must differ from the current one.`;
    case "signed_out":
      return t`You are signed out. Open the link in the email again.`;
    default:
      return message;
  }
}
