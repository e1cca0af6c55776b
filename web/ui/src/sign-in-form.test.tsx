// @vitest-environment jsdom
import { AuthRefusedError } from "@metrica/client/session/auth-service.ts";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { SignInForm } from "./sign-in-form.tsx";

afterEach(cleanup);

it("names the invalid fields, gives the focus to the first one, and does not sign in", async () => {
  const onSignIn = vi.fn();
  render(<SignInForm busy={false} error={null} onSignIn={onSignIn} />);
  await userEvent.type(screen.getByLabelText("Email"), "owner@example");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("Enter an email address, for example name@example.com.")).toBeTruthy();
  expect(screen.getByText("Enter your password.")).toBeTruthy();
  const email = screen.getByLabelText("Email");
  expect(document.activeElement).toBe(email);
  expect(email.getAttribute("aria-invalid")).toBe("true");
  await userEvent.type(email, ".org");
  expect(screen.queryByText("Enter an email address, for example name@example.com.")).toBeNull();
  expect(screen.getByText("Enter your password.")).toBeTruthy();
  expect(onSignIn).not.toHaveBeenCalled();
});

it("signs in with the trimmed address and the password as it is", async () => {
  const onSignIn = vi.fn();
  render(<SignInForm busy={false} error={null} onSignIn={onSignIn} />);
  await userEvent.type(screen.getByLabelText("Email"), " owner@example.org ");
  await userEvent.type(screen.getByLabelText("Password"), " secret {Enter}");
  await vi.waitFor(() => expect(onSignIn).toHaveBeenCalledExactlyOnceWith("owner@example.org", " secret "));
});

it("shows why signing in failed", () => {
  const error = new AuthRefusedError("Invalid login credentials", "invalid_credentials");
  render(<SignInForm busy={false} error={error} onSignIn={() => {}} />);
  expect(screen.getByRole("alert").textContent).toBe("Incorrect email address or password.");
});
