import { describe, expect, it, vi } from "vitest";
import { signInResolver } from "../sign-in-schema.ts";
import { lazyResolver } from "./lazy-resolver.ts";

const options = { fields: {}, shouldUseNativeValidation: false };
const empty = { email: "", password: "" };

describe("a resolver that loads with the first validation", () => {
  it("loads only then, and validates", async () => {
    const load = vi.fn(async () => signInResolver);
    const resolver = lazyResolver(load);
    expect(load).not.toHaveBeenCalled();
    const { errors } = await resolver(empty, undefined, options);
    expect(errors.password?.message).toBe("Enter your password.");
  });

  it("is an error of the form when it cannot be loaded", async () => {
    const resolver = lazyResolver<typeof empty>(() => Promise.reject(new TypeError("Failed to fetch")));
    const { errors } = await resolver(empty, undefined, options);
    expect(errors.root?.message).toBe(
      "The form could not be loaded. Check the connection and reload the page.",
    );
  });
});
