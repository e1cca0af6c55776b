// COPY … FROM STDIN: the backend cannot wait for a client's data in the middle of a call, so the gateway collects the data
// first and hands it over together with the command.
import { copyFail, messages, query, readString, sync } from "./wire.mjs";

const FROM_STDIN = /(?:^|;)\s*copy\b[\s\S]*\bfrom\s+stdin\b/i;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const readsStdin = (sql) => FROM_STDIN.test(sql.replace(COMMENTS, " "));
const SAVEPOINT = "metrica_copy";

/** @param {{type: string, body: Buffer}[]} batch @param {(name: string) => string} textOf @returns {boolean} whether it ends in a COPY from the client */
export function copiesIn(batch, textOf) {
  return batch.some(({ type, body }) => {
    if (type === "Q") return readsStdin(readString(body)[0]);
    if (type !== "B") return false;
    return readsStdin(textOf(readString(body, readString(body)[1])[0]));
  });
}

/**
 * The backend's own CopyInResponse (it says how many columns, and in which format), or its error: the command is run with no data
 * but a CopyFail and undone.
 * @param {(bytes: Buffer) => Promise<Buffer>} run
 * @param {Buffer[]} command rewritten messages of the batch
 * @param {boolean} inTransaction
 * @returns {Promise<Buffer|null>} the CopyInResponse; null when the command fails before it reads anything
 */
export async function askForCopy(run, command, inTransaction) {
  if (inTransaction) await run(query(`SAVEPOINT ${SAVEPOINT}`));
  const probe = [...command.filter((bytes) => bytes[0] !== 0x53 /* S */), copyFail("probe")];
  if (command[0][0] !== 0x51 /* Q */) probe.push(sync());
  const answer = await run(Buffer.concat(probe));
  if (inTransaction) await run(query(`ROLLBACK TO ${SAVEPOINT}; RELEASE ${SAVEPOINT}`));
  for (const { type, raw } of messages(answer)) if (type === "G") return Buffer.from(raw);
  return null;
}

/** The command with all its data, in the order in which the backend reads it. */
export function copyWith(command, data) {
  const simple = command[0][0] === 0x51;
  const head = command.filter((bytes) => bytes[0] !== 0x53);
  return Buffer.concat([...head, ...data, ...(simple ? [] : [sync()])]);
}

/** Its answer without the CopyInResponse, which the client has already had. */
export function withoutCopyInResponse(answer) {
  return Buffer.concat([...messages(answer)].filter(({ type }) => type !== "G").map(({ raw }) => raw));
}
