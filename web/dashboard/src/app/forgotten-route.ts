import { createLazyRoute } from "@tanstack/react-router";
import { ForgottenPage } from "#features/session/forgotten-page.tsx";

export const route = createLazyRoute("/forgotten")({ component: ForgottenPage });
