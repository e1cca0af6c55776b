import { t } from "@lingui/core/macro";
import { ApiProblem, NetworkError } from "@metrica/client/problem.ts";
import {
  AuthIncompleteError,
  AuthRefusedError,
  AuthUnavailableError,
} from "@metrica/client/session/auth-service.ts";
import { currentLanguage } from "./language/language.ts";

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

/** The English sentence of the server says more than its kind, so that it is shown in English, and where the cause is in it. */
function problemText({ slug, status, message }: ApiProblem): string {
  if (currentLanguage() === "en") return message;
  switch (slug) {
    case "unauthorized":
      return t`You are signed out. Sign in again.`;
    case "forbidden":
      return t`Your account is not allowed to do this.`;
    case "not_found":
      return t`This does not exist, or you do not have access to it.`;
    case "too_many_requests":
      return t`Too many requests. Wait a minute, then try again.`;
    case "internal_error":
    case "upstream_failed":
    case "unavailable":
      return t`The server failed to handle the request. Try again later.`;
    case "unknown":
      return t`The server returned the status ${status}.`;
    default:
      return t`The server rejected the request: ${message}`;
  }
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
