// The receive buffer of the backend. The WASM build fills it with up to 8,192 bytes at a time and ends a call as soon as it is
// empty after a message, although the call may have more messages: these would be lost, and the client would wait for an answer.
import { messages } from "./wire_protocol.mjs";

/** Size of the receive buffer in bytes: PQ_RECV_BUFFER_SIZE in pqcomm.c. */
export const RECEIVE_BUFFER_SIZE = 8192;

const COPY_DATA = new Set(["d", "c", "f"]); // read by the COPY itself, which waits for more

/**
 * Cuts messages into parts that the backend reads completely, one part a call.
 * @param {Buffer} bytes whole messages
 * @returns {Buffer[]} the same bytes in their order
 */
export function splitForReceiveBuffer(bytes) {
  const parts = [];
  let start = 0;
  let end = 0;
  for (const { type, raw } of messages(bytes)) {
    const isFilled = end > start && (end - start) % RECEIVE_BUFFER_SIZE === 0;
    if (isFilled && !COPY_DATA.has(type)) {
      parts.push(bytes.subarray(start, end));
      start = end;
    }
    end += raw.length;
  }
  return [...parts, bytes.subarray(start)];
}
