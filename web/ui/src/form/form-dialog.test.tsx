// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { FormDialog } from "./form-dialog.tsx";

afterEach(cleanup);

function openDialog(keepOpen = false) {
  const onClose = vi.fn();
  render(
    <FormDialog keepOpen={keepOpen} onClose={onClose} open title="Add camera">
      <label>
        Name
        <input />
      </label>
    </FormDialog>,
  );
  return onClose;
}

it.each(["{Escape}", "Close"])("closes at once while nothing was entered: %s", async (way) => {
  const onClose = openDialog();
  if (way === "Close") await userEvent.click(screen.getByRole("button", { name: "Close" }));
  else await userEvent.keyboard(way);
  expect(onClose).toHaveBeenCalledOnce();
});

it.each(["{Escape}", "Close"])("asks before entered text is lost: %s", async (way) => {
  const onClose = openDialog();
  await userEvent.type(screen.getByLabelText("Name"), "Door");
  if (way === "Close") await userEvent.click(screen.getByRole("button", { name: "Close" }));
  else await userEvent.keyboard(way);
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole("button", { name: "Keep editing" }));
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Door");
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.keyboard("{Escape}");
  await userEvent.click(await screen.findByRole("button", { name: "Discard" }));
  expect(onClose).toHaveBeenCalledOnce();
});

it("is not closed by Escape while it shows something once", async () => {
  const onClose = openDialog(true);
  await userEvent.keyboard("{Escape}");
  expect(onClose).not.toHaveBeenCalled();
  expect(screen.queryByTestId("discard-question")).toBeNull();
});
