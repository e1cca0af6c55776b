// The embedded build has no background workers: due policies (refresh, columnstore, retention) are run from here, and what
// autovacuum does on a server (without statistics the planner guesses).

const POLICIES = `SELECT job_id, proc_name, extract(epoch FROM schedule_interval)::bigint FROM timescaledb_information.jobs
  WHERE scheduled AND proc_name LIKE 'policy\\_%' AND proc_name NOT IN ('policy_telemetry') ORDER BY job_id`;
const INSTALLED = `SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'timescaledb'`;
const HOUSEKEEPING = {
  id: "housekeeping",
  name: "vacuum and analyze",
  sql: "VACUUM (ANALYZE)",
  interval: 6 * 3_600_000,
};
const HOUSEKEEPING_AFTER = 120_000; // milliseconds from the start: not while a demo sets itself up

export class Jobs {
  #gateway;
  #every;
  #log;
  #ranAt = new Map();
  #timer;
  #stopped = false;

  /** @param {{every: number, log: (line: string) => void}} options seconds between two looks at the jobs; 0 = never */
  constructor(gateway, { every, log }) {
    this.#gateway = gateway;
    this.#every = every;
    this.#log = log;
    this.#ranAt.set(HOUSEKEEPING.id, performance.now() + HOUSEKEEPING_AFTER - HOUSEKEEPING.interval);
  }

  start() {
    if (this.#every > 0 && !this.#stopped) this.#timer = setTimeout(() => this.#look(), this.#every * 1000);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look() {
    try {
      for (const job of await this.#due()) await this.#run(job);
    } catch (error) {
      this.#log(`jobs: ${error.message}`);
    }
    this.start();
  }

  async #due() {
    const jobs = await this.#gateway.asServer(async (rows) =>
      (await rows(INSTALLED)).length > 0 ? rows(POLICIES) : [],
    );
    const now = performance.now();
    const policies = jobs.map(([id, name, seconds]) => ({
      id,
      name,
      sql: `CALL run_job(${Number(id)})`,
      interval: Number(seconds) * 1000,
    }));
    return [...policies, HOUSEKEEPING].filter(
      ({ id, interval }) => !this.#ranAt.has(id) || now - this.#ranAt.get(id) >= interval,
    );
  }

  /** Each job takes its turn like a client, so that one slow policy does not hold up the others' turns. */
  async #run({ id, name, sql }) {
    if (this.#stopped) return;
    this.#ranAt.set(id, performance.now());
    try {
      await this.#gateway.asServer((rows) => rows(sql));
    } catch (error) {
      if (!this.#stopped) this.#log(`job ${id} (${name}): ${error.message}`);
    }
  }
}
