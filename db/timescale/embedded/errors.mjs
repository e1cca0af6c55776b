// What can stop the server from starting. The message is one sentence for a person; the code is the exit status.

export class CannotStart extends Error {
  exitCode = 1;
}

/** The command line cannot be read. */
export class BadUsage extends CannotStart {
  exitCode = 2;
}

/** Somebody else listens on the port. */
export class PortTaken extends CannotStart {
  exitCode = 3;
}

/** The data folder is in use, of another version, or not ours. */
export class DataFolderRefused extends CannotStart {
  exitCode = 4;
}
