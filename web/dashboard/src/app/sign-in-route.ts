import { createLazyRoute } from "@tanstack/react-router";
import { SignInPage } from "#features/session/sign-in-page.tsx";

export const route = createLazyRoute("/sign-in")({ component: SignInPage });
