import { Trans } from "@lingui/react/macro";
import type { Camera } from "@metrica/client/admin.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { Link } from "@tanstack/react-router";

/** Leads to the setup, for a camera whose edge box has not reported yet. */
export function ConnectNotice({ camera }: { camera: Camera }) {
  return (
    <Alert data-testid="connect-camera">
      <AlertDescription>
        <Trans>
          No edge box has reported for this camera yet. The{" "}
          <Link
            className="text-primary underline underline-offset-2"
            params={{ storeId: camera.store_id }}
            search={{ camera: camera.camera_id }}
            to="/stores/$storeId/setup"
          >
            setup of the store
          </Link>{" "}
          has the command that installs the worker and connects it.
        </Trans>
      </AlertDescription>
    </Alert>
  );
}
