import { describe, expect, it } from "vitest";
import { installCommand, sourcePlaceholder } from "./install-command.ts";

const values = { apiUrl: "https://api.example.org", cameraId: "5d1a7a34", workerKey: "mk_abc", source: "" };

describe("the command for the edge box", () => {
  it("has the address, the camera and the key, and a placeholder for the source", () => {
    expect(installCommand(values).split("\n").slice(0, 4)).toEqual([
      "export METRICA_API_URL='https://api.example.org'",
      "export METRICA_CAMERA_ID='5d1a7a34'",
      "export METRICA_WORKER_KEY='mk_abc'",
      `export METRICA_SOURCE='${sourcePlaceholder}'`,
    ]);
  });

  it("checks the box, and installs a service where systemd runs", () => {
    expect(installCommand(values).split("\n").slice(-5)).toEqual([
      '"$HOME/metrica/bin/metrica-edge" doctor &&',
      "if [ -d /run/systemd/system ]",
      'then "$HOME/metrica/bin/metrica-edge" service',
      'else "$HOME/metrica/bin/metrica-edge" run',
      "fi",
    ]);
  });

  it("takes the wheel from the folder of the worker, and never the other metrica of PyPI", () => {
    expect(installCommand(values)).toContain(
      '\n"$HOME/metrica/bin/pip" install --upgrade --find-links "$HOME/metrica" \'metrica[edge]<1\' &&\n',
    );
  });

  it("quotes what a shell would expand", () => {
    expect(installCommand({ ...values, source: "rtsp://a:$(id)'`@10.0.0.1/1" })).toContain(
      "export METRICA_SOURCE='rtsp://a:$(id)'\\''`@10.0.0.1/1'\n",
    );
  });
});
