import { createLazyRoute } from "@tanstack/react-router";
import { StoresPage } from "#features/stores/stores-page.tsx";

export const route = createLazyRoute("/_signed-in/")({ component: StoresPage });
