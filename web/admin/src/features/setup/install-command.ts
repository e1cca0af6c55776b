/* eslint-disable lingui/no-unlocalized-strings -- commands of a shell */

/** What the command for the edge box contains. */
export interface InstallCommandValues {
  apiUrl: string;
  cameraId: string;
  workerKey: string;
  /** The address of the camera; empty for a placeholder. */
  source: string;
}

/** In the command when the address of the camera is not entered yet. */
export const sourcePlaceholder = "rtsp://USER:PASSWORD@192.168.1.64/stream2";

/**
 * Returns the commands that install the edge worker on a box, check it and start it as a service, for a POSIX shell. Without systemd the
 * worker runs in the terminal. The worker goes into `~/metrica`; its wheel is found there or in the package index of pip. PyPI has another
 * program named metrica, with the version 1.1.1: `<1` never takes it. The folder of the model can be set by the environment.
 */
export function installCommand({ apiUrl, cameraId, workerKey, source }: InstallCommandValues): string {
  const settings = {
    METRICA_API_URL: apiUrl,
    METRICA_CAMERA_ID: cameraId,
    METRICA_WORKER_KEY: workerKey,
    METRICA_SOURCE: source === "" ? sourcePlaceholder : source,
  };
  return [
    ...Object.entries(settings).map(([name, value]) => `export ${name}=${quote(value)}`),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell
    'export METRICA_MODELS="${METRICA_MODELS:-$HOME/metrica/models}"',
    'python3 -m venv "$HOME/metrica" &&',
    '"$HOME/metrica/bin/pip" install --upgrade --find-links "$HOME/metrica" \'metrica[edge]<1\' &&',
    '"$HOME/metrica/bin/metrica-edge" doctor &&',
    "if [ -d /run/systemd/system ]",
    'then "$HOME/metrica/bin/metrica-edge" service',
    'else "$HOME/metrica/bin/metrica-edge" run',
    "fi",
  ].join("\n");
}

/** Quotes a text for a POSIX shell: nothing in it is expanded. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
