// The embedded build has no background processes: due jobs (refresh, columnstore, retention) are run from here, and the
// housekeeping of a server (without checkpoints the log grows for ever, without statistics the planner guesses).

// Below 1000 are TimescaleDB's own: telemetry, and the history of what its background workers ran.
const SCHEDULED = `SELECT job_id, proc_name, extract(epoch FROM schedule_interval)::bigint FROM timescaledb_information.jobs
  WHERE scheduled AND job_id >= 1000 ORDER BY job_id`;
const INSTALLED = `SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'timescaledb'`;
const MINUTE = 60_000;
/** What the checkpointer and autovacuum do on a server; neither at once: a demo sets itself up first. */
const HOUSEKEEPING = [
  { id: "checkpoint", sql: "CHECKPOINT", interval: 5 * MINUTE, first: 5 * MINUTE },
  { id: "vacuum", sql: "VACUUM (ANALYZE)", interval: 360 * MINUTE, first: 2 * MINUTE },
].map((task) => ({ ...task, name: "housekeeping" }));

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
    for (const { id, interval, first } of HOUSEKEEPING)
      this.#ranAt.set(id, performance.now() + first - interval);
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
      (await rows(INSTALLED)).length > 0 ? rows(SCHEDULED) : [],
    );
    const now = performance.now();
    const scheduled = jobs.map(([id, name, seconds]) => ({
      id,
      name,
      sql: `CALL run_job(${Number(id)})`,
      interval: Number(seconds) * 1000,
    }));
    return [...scheduled, ...HOUSEKEEPING].filter(
      ({ id, interval }) => !this.#ranAt.has(id) || now - this.#ranAt.get(id) >= interval,
    );
  }

  /** Each job takes its turn like a client, so that one slow job does not hold up the others' turns. */
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
