import { TransNoContext, type TransProps } from "@lingui/react/server";
import { i18n } from "./i18n.ts";

/** Renders a message with elements in it. The macro `Trans` becomes this component. `Localized` renders it again in another language. */
export function Trans(props: TransProps) {
  return <TransNoContext {...props} lingui={{ i18n }} />;
}
