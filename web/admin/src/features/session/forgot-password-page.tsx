import { ForgotPasswordPage as SharedPage } from "@metrica/ui/session/forgot-password-page.tsx";
import { appName } from "#shared/app-name.ts";
import { useServices } from "#shared/services.ts";

/** Sends an email with a link to choose a new password. */
export function ForgotPasswordPage() {
  return <SharedPage session={useServices().session} suffix={appName} />;
}
