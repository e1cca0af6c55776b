/** The addresses of the services of an installation, from `/config.json`. */
export interface RuntimeConfig {
  apiUrl: string;
  supabaseUrl: string;
  supabaseAnonKey: string;
  environment: Environment;
}

const environments = ["development", "test", "production"] as const;

export type Environment = (typeof environments)[number];

/** The configuration is invalid. `problems` lists every problem. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Invalid configuration: ${problems.join("; ")}.`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Parses the configuration and removes trailing slashes of addresses. Throws a ConfigError with every problem. */
export function parseConfig(value: unknown): RuntimeConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConfigError([
      `/config.json must be a JSON object, not ${value === null ? "null" : typeof value}`,
    ]);
  }
  const fields = value as Record<string, unknown>;
  const problems: string[] = [];

  function parseText(name: keyof RuntimeConfig): string {
    const value = fields[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    problems.push(`"${name}" is missing or empty`);
    return "";
  }

  function parseAddress(name: keyof RuntimeConfig): string {
    const address = parseText(name);
    if (address !== "" && !isWebAddress(address))
      problems.push(`"${name}" must be an http(s) address, not "${address}"`);
    return address.replace(/\/+$/, "");
  }

  const config = {
    apiUrl: parseAddress("apiUrl"),
    supabaseUrl: parseAddress("supabaseUrl"),
    supabaseAnonKey: parseText("supabaseAnonKey"),
    environment: parseText("environment") as Environment,
  };
  if (config.environment.length > 0 && !environments.includes(config.environment)) {
    problems.push(`"environment" must be one of ${environments.join(", ")}, not "${config.environment}"`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Fetches and parses `/config.json`. Throws a ConfigError when that fails. */
export async function loadConfig(): Promise<RuntimeConfig> {
  let response: Response;
  try {
    response = await fetch("/config.json", { cache: "no-cache" });
  } catch {
    throw new ConfigError(["/config.json cannot be loaded"]);
  }
  if (!response.ok) throw new ConfigError([`/config.json returned the status ${response.status}`]);
  let value: unknown;
  try {
    value = await response.json();
  } catch {
    throw new ConfigError(["/config.json is not JSON"]);
  }
  return parseConfig(value);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
