import assert from "node:assert/strict";
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { test } from "node:test";
import { passwordMatches } from "../login.mjs";

test("a password is checked against a SCRAM verifier as in RFC 5802", () => {
  const salt = Buffer.from("some salt");
  const salted = pbkdf2Sync("pencil", salt, 4096, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const stored = createHash("sha256").update(clientKey).digest("base64");
  const verifier = `SCRAM-SHA-256$4096:${salt.toString("base64")}$${stored}:c2VydmVy`;
  assert.equal(passwordMatches(verifier, "pencil"), true);
  assert.equal(passwordMatches(verifier, "Pencil"), false);
  for (const nothing of [null, "", "md5abc"]) assert.equal(passwordMatches(nothing, ""), false);
});
