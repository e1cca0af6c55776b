/** What to type on the edge box to connect a camera; the source and the key are for the person to fill in. */
export function edgeCommand(apiUrl: string, cameraId: string): string {
  return [
    "export METRICA_WORKER_KEY=mk_…",
    "metrica-edge run \\",
    `  --api ${apiUrl} \\`,
    `  --camera ${cameraId} \\`,
    "  --source rtsp://…",
  ].join("\n");
}
