import { createLazyRoute } from "@tanstack/react-router";
import { StorePage } from "#features/store/store-page.tsx";

export const route = createLazyRoute("/_signed-in/stores/$storeId")({ component: StorePage });
