// COPY … FROM STDIN. The backend cannot wait for data in the middle of a call, so the gateway collects the data first and sends
// it together with the command.
import { copyFail, messages, query, readString, sync } from "./wire_protocol.mjs";

const FROM_STDIN = /(?:^|;)\s*copy\b[\s\S]*\bfrom\s+stdin\b/i;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const readsStdin = (sql) => FROM_STDIN.test(sql.replace(COMMENTS, " "));
const SAVEPOINT = "metrica_copy";

/** @param {{type: string, body: Buffer}[]} batch @param {(name: string) => string} textOf @returns {boolean} whether it contains a COPY that reads data from the client */
export function isCopyFromStdin(batch, textOf) {
  return batch.some(({ type, body }) => {
    if (type === "Q") return readsStdin(readString(body)[0]);
    if (type !== "B") return false;
    return readsStdin(textOf(readString(body, readString(body)[1])[0]));
  });
}

/**
 * Gets the CopyInResponse of the backend, which has the number of columns and the format. To get it the command is run
 * with a CopyFail instead of data, and undone.
 * @param {(bytes: Buffer) => Promise<Buffer>} run
 * @param {Buffer[]} command the rewritten messages of the batch
 * @param {boolean} inTransaction
 * @returns {Promise<Buffer|null>} the CopyInResponse; null when the command fails before it reads data
 */
export async function requestCopyResponse(run, command, inTransaction) {
  if (inTransaction) await run(query(`SAVEPOINT ${SAVEPOINT}`));
  const probe = [...command.filter((bytes) => bytes[0] !== 0x53 /* S */), copyFail("probe")];
  if (command[0][0] !== 0x51 /* Q */) probe.push(sync());
  const response = await run(Buffer.concat(probe));
  if (inTransaction) await run(query(`ROLLBACK TO ${SAVEPOINT}; RELEASE ${SAVEPOINT}`));
  for (const { type, raw } of messages(response)) if (type === "G") return Buffer.from(raw);
  return null;
}

/** Returns the command with its data, in the order in which the backend reads them. */
export function copyMessages(command, data) {
  const isSimpleQuery = command[0][0] === 0x51;
  const head = command.filter((bytes) => bytes[0] !== 0x53);
  return Buffer.concat([...head, ...data, ...(isSimpleQuery ? [] : [sync()])]);
}

/** Returns the response without the CopyInResponse, which the client already has. */
export function withoutCopyInResponse(response) {
  return Buffer.concat([...messages(response)].filter(({ type }) => type !== "G").map(({ raw }) => raw));
}
