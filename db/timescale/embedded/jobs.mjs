// Runs due TimescaleDB jobs (refresh, columnstore, retention) and housekeeping, as the embedded build has no background
// processes. Without checkpoints the log grows without limit; without statistics the planner has no row counts.

// Jobs below 1000 are internal to TimescaleDB: telemetry and the history of its background workers.
const SCHEDULED = `SELECT job_id, proc_name, extract(epoch FROM schedule_interval)::bigint FROM timescaledb_information.jobs
  WHERE scheduled AND job_id >= 1000 ORDER BY job_id`;
const INSTALLED = `SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'timescaledb'`;
const MINUTE = 60_000;
/** The work of the checkpointer and of autovacuum. It starts after minutes, so that it does not slow the first start. */
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

  /** @param {{every: number, log: (line: string) => void}} options seconds between two checks for due jobs; 0 = never */
  constructor(gateway, { every, log }) {
    this.#gateway = gateway;
    this.#every = every;
    this.#log = log;
    for (const { id, interval, first } of HOUSEKEEPING)
      this.#ranAt.set(id, performance.now() + first - interval);
  }

  /** Schedules the next check. */
  start() {
    if (this.#every > 0 && !this.#stopped)
      this.#timer = setTimeout(() => this.#runDueJobs(), this.#every * 1000);
  }

  /** Starts no further job. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #runDueJobs() {
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

  /** Runs one job. It waits for the lock like a client, so that clients are served between two jobs. */
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
