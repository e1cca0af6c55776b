// @vitest-environment jsdom
import type { Store } from "@metrica/client/admin.ts";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { changedBy, storeAnswer, storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";

setUpServer();

/** The API with one store, which keeps what is written and compares the tags. */
let stored: Store;
let writes: Record<string, unknown>[];

beforeEach(() => {
  stored = storeAnswer();
  writes = [];
  server.use(
    http.get(`${apiUrl}/admin/stores/:store`, () => HttpResponse.json(stored)),
    http.patch(`${apiUrl}/admin/stores/:store`, async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      if (request.headers.get("If-Match") !== stored.etag)
        return HttpResponse.json(changedBy("anna@example.com", stored), { status: 412 });
      writes.push(body);
      stored = { ...stored, ...body, etag: '"written"' };
      return HttpResponse.json(stored);
    }),
  );
});

async function openForm() {
  openApp(`/stores/${storeId}`);
  await userEvent.click(await screen.findByTestId("edit-store"));
  return within(await screen.findByRole("dialog"));
}

async function enter(label: string, text: string) {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  if (text !== "") await userEvent.type(field, text);
}

const save = () => userEvent.click(screen.getByTestId("form-save"));
const isClosed = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

describe("the opening hours", () => {
  it("are written as a person says them, and shown as understood before they are saved", async () => {
    await openForm();
    await enter("Monday", "9-5");
    expect(screen.getByText("Understood as 09:00–17:00.")).toBeTruthy();
    await enter("Friday", "18-2");
    expect(screen.getByText("Understood as 18:00–02:00, until the next day.")).toBeTruthy();
    await enter("Sunday", "closed");
    expect(screen.getByText("Understood as closed.")).toBeTruthy();
    await save();
    await isClosed();
    expect(writes[0]?.opening_hours).toEqual({ mon: [["09:00", "17:00"]], fri: [["18:00", "02:00"]] });
  });

  it("that overlap are refused at their day, with the sentence of the API, until they are corrected", async () => {
    await openForm();
    await enter("Monday", "9-14:15, 14-20");
    await save();
    const message =
      "Monday 09:00–14:15 overlaps Monday 14:00–20:00. A span that does not close later than it opens continues on the next day: change one of the two.";
    expect(await screen.findByText(message)).toBeTruthy();
    expect(writes).toEqual([]);
    await enter("Monday", "9-14, 14:30-20");
    expect(screen.queryByText(message)).toBeNull();
    await save();
    await isClosed();
  });
});

describe("the time zone", () => {
  it("is replaced by what is typed into the field", async () => {
    await openForm();
    const field = screen.getByLabelText<HTMLInputElement>("City or time zone");
    expect(field.value).not.toBe("");
    await userEvent.click(field);
    await userEvent.keyboard("Europe/Berlin");
    expect(field.value).toBe("Europe/Berlin");
  });

  it("is found by its city, and its clock is shown", async () => {
    await openForm();
    await enter("City or time zone", "rome");
    expect(
      await screen.findByText(/^Rome, Lazio, Italy: Europe\/Rome, where it is \d\d:\d\d now\.$/),
    ).toBeTruthy();
    await save();
    await isClosed();
    expect(writes[0]?.timezone).toBe("Europe/Rome");
  });

  it("is found by a city that is looked up when the form is sent before that", async () => {
    await openForm();
    await enter("City or time zone", "London Ontario");
    await save();
    await isClosed();
    expect(writes[0]?.timezone).toBe("America/Toronto");
  });

  it("of another city of the name is chosen by its region and country", async () => {
    await openForm();
    await enter("City or time zone", "springfield");
    await userEvent.click(await screen.findByRole("button", { name: "Springfield, Oregon, United States" }));
    await save();
    await isClosed();
    expect(writes[0]?.timezone).toBe("America/Los_Angeles");
  });

  it("is entered by its name when cities cannot be looked up", async () => {
    server.use(http.get(`${apiUrl}/admin/cities`, () => HttpResponse.error()));
    await openForm();
    await enter("City or time zone", "Cologne");
    await screen.findByText(/^The city could not be looked up\. Enter a time zone/);
    await enter("City or time zone", "Europe/Berlin");
    await save();
    await isClosed();
    expect(writes[0]?.timezone).toBe("Europe/Berlin");
  });

  it("that does not exist is refused with the sentence of the API, which goes away with the correction", async () => {
    await openForm();
    const message = "Must be the IANA time zone of a place, for example Europe/Berlin";
    await enter("City or time zone", "Romulus");
    await save();
    expect(await screen.findByText(message)).toBeTruthy();
    await enter("City or time zone", "Rome");
    await waitFor(() => expect(screen.queryByText(message)).toBeNull());
    expect(writes).toEqual([]);
  });

  it("that only the database refuses has the error at its field, too", async () => {
    await openForm();
    const message = "The database does not know the time zone Europe/Berlin.";
    server.use(
      http.patch(`${apiUrl}/admin/stores/:store`, () =>
        HttpResponse.json(
          {
            type: "validation_error",
            title: "Not valid",
            status: 422,
            detail: "The request is not valid; see errors.",
            errors: [{ loc: ["body", "timezone"], type: "time_zone_unknown", message }],
          },
          { status: 422 },
        ),
      ),
    );
    await save();
    await screen.findByText(message);
    expect(document.activeElement).toBe(screen.getByLabelText("City or time zone"));
  });
});

describe("the settings of a store that somebody else changes meanwhile", () => {
  it("are merged, also the hours of a day", async () => {
    const dialog = await openForm();
    stored = {
      ...stored,
      capacity: 80,
      opening_hours: { mon: [["09:00", "20:00"]], tue: [["10:00", "18:00"]] },
      etag: '"store-2"',
    };
    await enter("Name", "Corner café");
    await save();
    const notice = await dialog.findByTestId("conflict");
    expect(notice.textContent).toContain("anna@example.com changed this");
    expect(notice.textContent).toContain("Capacity: 60 → 80");
    expect(notice.textContent).toContain("Tuesday: closed → 10:00–18:00");
    await save();
    await isClosed();
    expect(writes).toHaveLength(1);
    expect(writes[0]).toMatchObject({
      name: "Corner café",
      capacity: 80,
      opening_hours: { mon: [["09:00", "20:00"]], tue: [["10:00", "18:00"]] },
    });
  });
});
