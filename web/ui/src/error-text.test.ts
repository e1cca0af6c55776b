import { ApiProblem, NetworkError, parseProblem } from "@metrica/client/problem.ts";
import {
  AuthIncompleteError,
  AuthRefusedError,
  AuthUnavailableError,
} from "@metrica/client/session/auth-service.ts";
import { afterEach, describe, expect, it } from "vitest";
import { errorText } from "./error-text.ts";
import { i18n } from "./language/i18n.ts";
import { messages } from "./locales/de.po";

afterEach(() => i18n.activate("en"));

function inGerman(error: Error): string {
  i18n.load("de", { ...messages });
  i18n.activate("de");
  return errorText(error);
}

describe("the sentence about an error", () => {
  it.each([
    [new NetworkError(null), "Der Server ist nicht erreichbar. Prüfen Sie Ihre Internetverbindung."],
    [
      new AuthRefusedError("Invalid login", "invalid_credentials"),
      "E-Mail-Adresse oder Passwort ist falsch.",
    ],
    [
      new AuthIncompleteError(""),
      "Der Anmeldedienst hat eine unvollständige Sitzung geliefert. Versuchen Sie es erneut.",
    ],
    [
      new AuthUnavailableError("", { retryAfter: 60 }),
      "Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es erneut.",
    ],
    [new ApiProblem(403, "forbidden", "Your account…", []), "Ihr Konto darf das nicht."],
    [
      new TypeError("Failed to fetch dynamically imported module: https://example.com/assets/page-1.js"),
      "Ein Teil dieser Seite konnte nicht geladen werden. Prüfen Sie Ihre Internetverbindung und laden Sie die Seite neu.",
    ],
    [
      new TypeError("Importing a module script failed."),
      "Ein Teil dieser Seite konnte nicht geladen werden. Prüfen Sie Ihre Internetverbindung und laden Sie die Seite neu.",
    ],
    [parseProblem(502, "<html>"), "Der Server hat mit dem Status 502 geantwortet."],
  ])("is translated by its kind: %o", (error, text) => {
    expect(inGerman(error)).toBe(text);
  });

  it("contains the cause that only the server knows", () => {
    const error = new ApiProblem(422, "validation_error", "A range has at most 366 days.", []);
    expect(errorText(error)).toBe("A range has at most 366 days.");
    expect(inGerman(error)).toBe("Der Server hat die Anfrage abgelehnt: A range has at most 366 days.");
  });

  it("is the one of the server for an unknown refusal", () => {
    expect(inGerman(new AuthRefusedError("Signups are disabled", "signup_disabled"))).toBe(
      "Signups are disabled",
    );
  });
});
