/** The search parameters of the setup of a store. */
export interface SetupSearch {
  /** The id of the camera that is set up. */
  camera?: string;
}

/** Parses the search parameters. Invalid values are ignored. */
export function parseSetupSearch({ camera }: Record<string, unknown>): SetupSearch {
  return typeof camera === "string" && camera !== "" ? { camera } : {};
}
