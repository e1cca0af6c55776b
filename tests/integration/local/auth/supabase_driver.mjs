// Drives the real supabase-js for supabase.py: reads one JSON command a line, answers with one JSON line each.
//   {"client": "anon", "key": "…", "call": ["auth", "signInWithPassword"], "arguments": [{…}]} → {"data": …, "error": …}
// Clients are made at their first command and keep their session in memory, as a browser's tab does.
import { createInterface } from "node:readline"

// Node before 22 has no WebSocket, and the realtime client asks for one though nobody connects.
globalThis.WebSocket ??= class {}

const url = process.argv[2]
const auth = { autoRefreshToken: false, persistSession: true, detectSessionInUrl: false }
const clients = new Map()

async function create(name, key) {
  const options = { ...auth, storageKey: name, storage: memory() }
  try {
    const { createClient } = await import("@supabase/supabase-js")
    return createClient(url, key, { auth: options })
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error
    // The part of supabase-js that speaks to Supabase Auth, put together as supabase-js does.
    const { AuthClient } = await import("@supabase/auth-js")
    const headers = { apikey: key, Authorization: `Bearer ${key}` }
    return { auth: new AuthClient({ url: `${url}/auth/v1`, headers, ...options }) }
  }
}

function memory() {
  const items = new Map()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

function plain(error) {
  if (!error) return null
  const { name, status, code, message, reasons } = error
  return { name, status, code, message, reasons }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { client, key, call, arguments: args } = JSON.parse(line)
  if (!clients.has(client)) clients.set(client, await create(client, key))
  const path = call.slice(0, -1)
  const target = path.reduce((object, name) => object[name], clients.get(client))
  const { data, error } = await target[call.at(-1)](...args)
  console.log(JSON.stringify({ data, error: plain(error) }))
}
