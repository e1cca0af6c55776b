/** Where this installation's services are; served as `/config.json` beside the page. */
export interface RuntimeConfig {
  apiUrl: string;
  supabaseUrl: string;
  supabaseAnonKey: string;
  environment: Environment;
}

const environments = ["development", "test", "production"] as const;

export type Environment = (typeof environments)[number];

/** The configuration cannot be used; `problems` lists everything that is wrong with it, not only the first thing. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration of this page cannot be used: ${problems.join("; ")}.`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Reads the configuration, dropping trailing slashes of addresses. Throws ConfigError with every problem found. */
export function parseConfig(value: unknown): RuntimeConfig {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConfigError([`it must be a JSON object, not ${value === null ? "null" : typeof value}`]);
  }
  const fields = value as Record<string, unknown>;
  const problems: string[] = [];

  function text(name: keyof RuntimeConfig): string {
    const found = fields[name];
    if (typeof found === "string" && found.trim() !== "") return found.trim();
    problems.push(`"${name}" is missing or empty`);
    return "";
  }

  function address(name: keyof RuntimeConfig): string {
    const found = text(name);
    if (found !== "" && !isWebAddress(found))
      problems.push(`"${name}" must be an http(s) address, not "${found}"`);
    return found.replace(/\/+$/, "");
  }

  const config = {
    apiUrl: address("apiUrl"),
    supabaseUrl: address("supabaseUrl"),
    supabaseAnonKey: text("supabaseAnonKey"),
    environment: text("environment") as Environment,
  };
  if (config.environment.length > 0 && !environments.includes(config.environment)) {
    problems.push(`"environment" must be one of ${environments.join(", ")}, not "${config.environment}"`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Fetches and reads `/config.json`. Throws ConfigError, also when it cannot be had. */
export async function loadConfig(): Promise<RuntimeConfig> {
  let response: Response;
  try {
    response = await fetch("/config.json", { cache: "no-cache" });
  } catch {
    throw new ConfigError(["/config.json cannot be reached"]);
  }
  if (!response.ok) throw new ConfigError([`/config.json answered ${response.status}`]);
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
