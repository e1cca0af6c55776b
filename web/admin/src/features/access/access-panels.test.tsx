// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
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
