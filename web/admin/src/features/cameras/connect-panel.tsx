import { HorizontalScroll } from "@metrica/ui/horizontal-scroll.tsx";
import { Panel } from "@metrica/ui/panel.tsx";
import { useServices } from "#shared/services.ts";

/** The command that connects an edge box, for a camera that has not reported yet. */
export function ConnectPanel({ cameraId }: { cameraId: string }) {
  const { config } = useServices();
  return (
    <Panel
      description="Run this command on the edge box. Create the worker key on the page of the store."
      title="Connect the edge box"
    >
      <HorizontalScroll className="rounded-lg bg-muted px-4 py-3" label="Command">
        <pre className="text-[13px] leading-relaxed">
          <code>{edgeCommand(config.apiUrl, cameraId)}</code>
        </pre>
      </HorizontalScroll>
    </Panel>
  );
}

/** Returns the command with placeholders for the worker key and the source. */
function edgeCommand(apiUrl: string, cameraId: string): string {
  return [
    "export METRICA_WORKER_KEY=mk_…",
    "metrica-edge run \\",
    `  --api ${apiUrl} \\`,
    `  --camera ${cameraId} \\`,
    "  --source rtsp://…",
  ].join("\n");
}
