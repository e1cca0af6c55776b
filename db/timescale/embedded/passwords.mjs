// Is this the role's password? Against the SCRAM-SHA-256 verifier in pg_authid (RFC 5802, RFC 7677).
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";

/**
 * @param {string|null} verifier `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`
 * @param {string} password
 */
export function passwordMatches(verifier, password) {
  const parts = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/.exec(verifier ?? "");
  if (!parts) return false;
  const [, iterations, salt, storedKey] = parts;
  const salted = pbkdf2Sync(
    password.normalize("NFKC"),
    Buffer.from(salt, "base64"),
    Number(iterations),
    32,
    "sha256",
  );
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  return timingSafeEqual(createHash("sha256").update(clientKey).digest(), Buffer.from(storedKey, "base64"));
}
