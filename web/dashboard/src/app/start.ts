/*
 * Starts the app while most of its code loads. index.html runs this file before main.tsx, which is far larger and needs all of the libraries.
 */
import { startApp } from "./startup.ts";

startApp().catch(() => {
  // main.tsx shows the error.
});
