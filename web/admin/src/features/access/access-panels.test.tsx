// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

const key = {
  worker_key_id: "1",
  name: "Box",
  hint: "abcd",
  created_by: null,
  created_at: "2026-11-26T10:00:00Z",
  last_used_at: null,
  revoked_at: null,
  key: "mk_secret",
};

async function openKeyForm() {
  openApp(`/stores/${storeId}`);
  await userEvent.click(await screen.findByTestId("add-key"));
  await userEvent.type(await screen.findByTestId("key-name-field"), "Box");
}

describe("a worker key", () => {
  it("is created once by a double click, and Escape does not close its secret", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/worker-keys`, ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return HttpResponse.json(key, { status: 201 });
      }),
    );
    await openKeyForm();
    await userEvent.dblClick(screen.getByTestId("form-save"));
    expect((await screen.findByTestId("worker-key-secret")).textContent).toBe("mk_secret");
    await userEvent.keyboard("{Escape}");
    expect(screen.getByTestId("worker-key-secret")).toBeTruthy();
    expect(keys).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("is asked for again with the same Idempotency-Key after a lost response", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/worker-keys`, ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json(key, { status: 201 });
      }),
    );
    await openKeyForm();
    await userEvent.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("Cannot reach the server. Check your internet connection.")).toBeTruthy();
    await userEvent.click(screen.getByTestId("form-save"));
    await screen.findByTestId("worker-key-secret");
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });
});

describe("an invitation", () => {
  it("that the API refuses has the error at the address", async () => {
    const message = "The domain name does not accept email";
    server.use(
      http.post(`${apiUrl}/admin/stores/:store/owners`, () =>
        HttpResponse.json(
          {
            type: "validation_error",
            title: "Not valid",
            status: 422,
            detail: "The request is not valid; see errors.",
            errors: [{ loc: ["body", "email"], type: "value_error", message }],
          },
          { status: 422 },
        ),
      ),
    );
    openApp(`/stores/${storeId}`);
    await userEvent.type(await screen.findByTestId("invite-email"), "owner@example.test");
    await userEvent.click(screen.getByTestId("invite-send"));
    await screen.findByText(message);
    const field = screen.getByTestId("invite-email");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await userEvent.type(field, ".org");
    await waitFor(() => expect(screen.queryByText(message)).toBeNull());
  });
});

const refused = (type: string, detail: string) =>
  HttpResponse.json({ type, title: "Conflict", status: 409, detail }, { status: 409 });

/** Clicks a button of an entry, and confirms it. */
async function confirmed(testId: string, label: string, question: string) {
  const item = within(await screen.findByTestId(testId));
  await userEvent.click(item.getByRole("button", { name: label }));
  await userEvent.click(item.getByRole("button", { name: question }));
}

describe("the worker keys of a store", () => {
  const keys = `${apiUrl}/admin/stores/:store/worker-keys`;
  let revokedAt: string | null;

  beforeEach(() => {
    revokedAt = null;
    server.use(http.get(keys, () => HttpResponse.json({ worker_keys: [{ ...key, revoked_at: revokedAt }] })));
  });

  it("are revoked after a second click", async () => {
    server.use(
      http.delete(`${keys}/:key`, () => {
        revokedAt = "2026-11-26T11:00:00Z";
        return new HttpResponse(null, { status: 204 });
      }),
    );
    openApp(`/stores/${storeId}`);
    expect((await screen.findByTestId("worker-key")).textContent).toContain("never used");
    await confirmed("worker-key", "Revoke", "Confirm revocation");
    expect(await within(await screen.findByTestId("worker-key")).findByText("Revoked")).toBeTruthy();
  });

  it("that cannot be revoked say why", async () => {
    server.use(http.delete(`${keys}/:key`, () => refused("worker_key_not_found", "The key is not active.")));
    openApp(`/stores/${storeId}`);
    await confirmed("worker-key", "Revoke", "Confirm revocation");
    expect(await screen.findByText("The key is not active.")).toBeTruthy();
  });

  it("that are too many are refused in the form, which stays open", async () => {
    server.use(http.post(keys, () => refused("too_many_keys", "The store has 20 keys.")));
    await openKeyForm();
    await userEvent.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("The store has 20 keys.")).toBeTruthy();
    expect(screen.getByTestId("key-name-field")).toHaveProperty("value", "Box");
  });
});

describe("the owners of a store", () => {
  const owners = `${apiUrl}/admin/stores/:store/owners`;
  const owner = {
    user_id: "1",
    email: "owner@example.com",
    added_at: "2026-11-26T09:00:00Z",
    last_seen_at: null,
  };
  const invite = { invite_id: "2", email: "new@example.com", expires_at: "2026-12-03T09:00:00Z" };
  let people: { owners: object[]; invites: object[] };

  beforeEach(() => {
    people = { owners: [owner], invites: [invite] };
    server.use(http.get(owners, () => HttpResponse.json(people)));
  });

  it("are listed with the pending invitations", async () => {
    openApp(`/stores/${storeId}`);
    expect((await screen.findByTestId("owner")).textContent).toContain("Not signed in yet");
    expect(screen.getByTestId("invite").textContent).toContain("Invitation expires 3 Dec");
  });

  it("are removed; the last one only by a second decision", async () => {
    const asked: string[] = [];
    server.use(
      http.delete(`${owners}/:user`, ({ request }) => {
        asked.push(new URL(request.url).search);
        if (asked.length === 1) return refused("last_owner", "This is the last owner.");
        people = { ...people, owners: [] };
        return new HttpResponse(null, { status: 204 });
      }),
    );
    openApp(`/stores/${storeId}`);
    await confirmed("owner", "Remove", "Confirm removal");
    expect(await screen.findByText(/Without an owner, only superadmins have access/)).toBeTruthy();
    await confirmed("owner", "Remove last owner", "Confirm removal");
    await waitFor(() => expect(screen.queryByTestId("owner")).toBeNull());
    expect(asked[1]).toContain("allow_ownerless=true");
  });

  it("that cannot be removed, and invitations that cannot be revoked, say why", async () => {
    server.use(
      http.delete(`${owners}/:user`, () => refused("owner_not_found", "The user is not an owner.")),
      http.delete(`${apiUrl}/admin/stores/:store/invites/:invite`, () =>
        refused("invite_not_found", "The invitation was accepted."),
      ),
    );
    openApp(`/stores/${storeId}`);
    await confirmed("owner", "Remove", "Confirm removal");
    expect(await screen.findByText("The user is not an owner.")).toBeTruthy();
    await confirmed("invite", "Revoke", "Confirm revocation");
    expect(await screen.findByText("The invitation was accepted.")).toBeTruthy();
  });

  it.each([
    [true, "Invitation sent to a@example.com."],
    [false, "a@example.com already has an account and now has access to this store."],
  ])("are invited (mail sent: %s)", async (mail_sent, text) => {
    server.use(
      http.post(owners, () => HttpResponse.json({ email: "a@example.com", mail_sent }, { status: 201 })),
    );
    openApp(`/stores/${storeId}`);
    await userEvent.type(await screen.findByTestId("invite-email"), "a@example.com");
    await userEvent.click(screen.getByTestId("invite-send"));
    expect((await screen.findByTestId("invite-sent")).textContent).toBe(text);
    expect(screen.getByTestId("invite-email")).toHaveProperty("value", "");
  });
});
