import { Panel } from "@metrica/ui/card.tsx";
import { ScrollAcross } from "@metrica/ui/scroll-across.tsx";
import { useServices } from "#shared/services.ts";
import { edgeCommand } from "./edge-command.ts";

/** For a camera that nothing has been heard of: what to type on the edge box. */
export function ConnectPanel({ cameraId }: { cameraId: string }) {
  const { config } = useServices();
  return (
    <Panel hint="With a worker key of this store; make one on the store's page" title="Connect the edge box">
      <ScrollAcross className="rounded-lg bg-sunken px-4 py-3" label="The command">
        <pre className="text-[13px] leading-relaxed">
          <code>{edgeCommand(config.apiUrl, cameraId)}</code>
        </pre>
      </ScrollAcross>
    </Panel>
  );
}
