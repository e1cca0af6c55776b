import { createLazyRoute } from "@tanstack/react-router";
import { WelcomePage } from "#features/session/welcome-page.tsx";

export const route = createLazyRoute("/welcome")({ component: WelcomePage });
