// @vitest-environment jsdom
import type { Channel } from "@metrica/client/owner.ts";
import { holdIntervals } from "@metrica/ui/testing/app.tsx";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { storeId } from "#testing/fixtures.ts";
import { apiUrl, openApp, server, setUpServer } from "#testing/render-app.tsx";
import {
  answerMe,
  channelAnswer,
  createdChannel,
  deliveryAnswer,
  problem,
} from "#testing/settings-fixtures.ts";

setUpServer();
const channelsUrl = `${apiUrl}/me/notifications`;
const channelUrl = `${channelsUrl}/${channelAnswer().channel_id}`;

let channels: Channel[];
let bodies: unknown[];

beforeEach(() => {
  channels = [channelAnswer()];
  bodies = [];
  answerMe();
  server.use(http.get(channelsUrl, () => HttpResponse.json({ channels })));
});

const openPage = () => openApp(`/stores/${storeId}/settings/notifications`);

describe("the channels", () => {
  it("of this store and of all stores are listed, those of another store are not", async () => {
    channels = [
      channelAnswer(),
      channelAnswer({
        channel_id: "2",
        kind: "webhook",
        scope: "own_stores",
        store_id: null,
        url: `https://example.com/${"x".repeat(200)}`,
        minimum_severity: "critical",
        incident_types: ["camera_offline", "picture_moved"],
        quiet_hours: { start: "22:00", end: "07:00" },
        enabled: false,
        disabled_reason: "410 Gone",
      }),
      channelAnswer({ channel_id: "3", store_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b099" }),
    ];
    openPage();
    const [mail, webhook, ...others] = await screen.findAllByTestId("channel");
    expect(others).toEqual([]);
    expect(mail?.textContent).toContain("Email to owner@example.org" + "All incidents of this store");
    expect(webhook?.textContent).toContain(
      "Critical incidents of all my stores · only: Camera offline, Camera moved · nothing from 22:00 to 07:00Disabled",
    );
    expect(webhook?.textContent).toContain("Disabled because of the last delivery: 410 Gone");
  });

  it("are missing at first; the page says what to do", async () => {
    channels = [];
    openPage();
    expect(await screen.findByText("No notifications yet")).toBeTruthy();
  });

  it("that cannot be loaded are an error, and can be asked for again", async () => {
    server.use(http.get(channelsUrl, () => problem(403, "Not allowed"), { once: true }));
    openPage();
    expect((await screen.findByRole("alert")).textContent).toContain("Not allowed.");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByTestId("channel");
  });
});

describe("a new channel", () => {
  async function openDialog() {
    openPage();
    await userEvent.click(await screen.findByTestId("add-channel"));
    return await screen.findByRole("dialog");
  }

  function answerCreate(answer: () => Response) {
    server.use(
      http.post(channelsUrl, async ({ request }) => {
        bodies.push(await request.json());
        return answer();
      }),
    );
  }

  it("by email needs no input, and the focus returns to its button", async () => {
    answerCreate(() => HttpResponse.json(createdChannel(), { status: 201 }));
    await openDialog();
    await userEvent.click(screen.getByTestId("form-save"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(bodies).toEqual([
      {
        kind: "mail",
        scope: "store",
        store_id: storeId,
        enabled: true,
        minimum_severity: "warning",
        incident_types: null,
        quiet_hours: null,
      },
    ]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-channel")));
  });

  it("by webhook shows its secret once, and Escape does not lose it", async () => {
    answerCreate(() =>
      HttpResponse.json(createdChannel({ kind: "webhook", secret: "whsec_1" }), { status: 201 }),
    );
    const user = userEvent.setup();
    await openDialog();
    await user.selectOptions(screen.getByLabelText("Send by"), "webhook");
    await user.selectOptions(screen.getByLabelText("Stores"), "own_stores");
    await user.type(screen.getByTestId("channel-url"), "https://example.com/hook");
    await user.click(screen.getByTestId("form-save"));
    expect((await screen.findByTestId("channel-secret")).textContent).toBe("whsec_1");
    expect(bodies).toMatchObject([{ kind: "webhook", scope: "own_stores", url: "https://example.com/hook" }]);
    expect(bodies[0]).not.toHaveProperty("store_id");
    await user.keyboard("{Escape}");
    expect(screen.getByTestId("channel-secret")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Copy" }));
    expect(await navigator.clipboard.readText()).toBe("whsec_1");
    expect(screen.getByRole("button", { name: "Copied" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("has the errors of the API at their fields, and others above the buttons", async () => {
    answerCreate(() =>
      problem(422, "Not valid", [
        { loc: ["body", "url"], message: "Must be a public host." },
        { loc: ["body", "quiet_hours", "start"], message: "Must be a time." },
      ]),
    );
    const user = userEvent.setup();
    await openDialog();
    await user.selectOptions(screen.getByLabelText("Send by"), "webhook");
    const url = screen.getByTestId("channel-url");
    await user.type(url, "https://localhost/");
    await user.click(screen.getByLabelText("Quiet hours"));
    await user.click(screen.getByTestId("form-save"));
    await screen.findByText("Must be a public host.");
    expect(url.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByLabelText("From").getAttribute("aria-invalid")).toBe("true");

    answerCreate(() => problem(409, "You have 20 notification channels"));
    await user.click(screen.getByTestId("form-save"));
    expect(await screen.findByText("You have 20 notification channels.")).toBeTruthy();
  });

  it("is checked before it is sent", async () => {
    const user = userEvent.setup();
    await openDialog();
    await user.selectOptions(screen.getByLabelText("Send by"), "webhook");
    await user.type(screen.getByTestId("channel-url"), "example");
    await user.click(screen.getByLabelText("All types of incidents"));
    await user.click(screen.getByLabelText("Quiet hours"));
    await user.clear(screen.getByLabelText("To"));
    await user.type(screen.getByLabelText("To"), "22:00");
    await user.click(screen.getByTestId("form-save"));
    expect(
      await screen.findByText("Enter the address of your webhook. It begins with https://."),
    ).toBeTruthy();
    expect(screen.getByText("Choose at least one type, or all types.")).toBeTruthy();
    expect(screen.getByText(/Enter another time than the start/)).toBeTruthy();
    expect(bodies).toEqual([]);
  });

  it("of the whole installation is for superadmins", async () => {
    const dialog = await openDialog();
    expect(within(dialog).queryByText("The whole installation")).toBeNull();
  });
});

describe("a channel", () => {
  it("is changed: types and quiet hours", async () => {
    server.use(
      http.patch(channelUrl, async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(channelAnswer());
      }),
    );
    const user = userEvent.setup();
    openPage();
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    await screen.findByRole("dialog");
    expect(screen.queryByLabelText("Send by")).toBeNull();
    await user.click(screen.getByLabelText("All types of incidents"));
    await user.click(screen.getByLabelText("Camera offline"));
    await user.click(screen.getByLabelText("Quiet hours"));
    await user.click(screen.getByTestId("form-save"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(bodies).toEqual([
      {
        minimum_severity: "warning",
        incident_types: ["camera_offline"],
        quiet_hours: { start: "22:00", end: "07:00" },
      },
    ]);
  });

  it("is disabled and enabled", async () => {
    server.use(
      http.patch(channelUrl, async ({ request }) => {
        const body = (await request.json()) as { enabled: boolean };
        bodies.push(body);
        channels = [channelAnswer(body)];
        return HttpResponse.json(channels[0]);
      }),
    );
    openPage();
    await userEvent.click(await screen.findByRole("button", { name: "Disable" }));
    await userEvent.click(await screen.findByRole("button", { name: "Enable" }));
    await screen.findByRole("button", { name: "Disable" });
    expect(bodies).toEqual([{ enabled: false }, { enabled: true }]);
  });

  it("is deleted after a confirmation only", async () => {
    server.use(
      http.delete(channelUrl, () => {
        channels = [];
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const user = userEvent.setup();
    openPage();
    const button = await screen.findByRole("button", { name: "Delete" });
    await user.click(button);
    await screen.findByTestId("delete-channel-consequences");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(button));
    expect(screen.getByTestId("channel")).toBeTruthy();
    await user.click(button);
    await user.click(await screen.findByTestId("delete-channel-confirm"));
    expect(await screen.findByText("No notifications yet")).toBeTruthy();
  });

  it("is tested, and the page says what became of the test", async () => {
    const pass = holdIntervals();
    let state: "pending" | "failed" = "pending";
    const found = () =>
      state === "pending"
        ? deliveryAnswer()
        : deliveryAnswer({ state, attempts: 1, next_attempt_at: null, outcome: "404 Not Found." });
    server.use(
      http.post(`${channelUrl}/test`, () => HttpResponse.json(deliveryAnswer(), { status: 201 }), {
        once: true,
      }),
      http.get(`${channelUrl}/deliveries`, () =>
        HttpResponse.json({ channel_id: channelAnswer().channel_id, deliveries: [found()] }),
      ),
    );
    openPage();
    await userEvent.click(await screen.findByRole("button", { name: "Send a test" }));
    expect((await screen.findByTestId("channel-test")).textContent).toBe("The test is sent within a minute.");
    state = "failed";
    await pass(3000);
    await waitFor(() =>
      expect(screen.getByTestId("channel-test").textContent).toBe(
        "The test was not delivered: 404 Not Found.",
      ),
    );
    server.use(http.post(`${channelUrl}/test`, () => problem(429, "Tested less than a minute ago")));
    await userEvent.click(screen.getByRole("button", { name: "Send a test" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Tested less than a minute ago.");
  });

  it("shows its deliveries with their failures", async () => {
    server.use(
      http.get(`${channelUrl}/deliveries`, () =>
        HttpResponse.json({
          channel_id: channelAnswer().channel_id,
          deliveries: [
            deliveryAnswer({
              type: "incidents.changed",
              state: "failed",
              attempts: 8,
              outcome: "500 Server error",
            }),
            deliveryAnswer({ delivery_id: "2", state: "delivered", attempts: 1, outcome: "204 No Content" }),
          ],
        }),
      ),
    );
    openPage();
    const button = await screen.findByRole("button", { name: "Deliveries" });
    expect(button.getAttribute("aria-expanded")).toBe("false");
    await userEvent.click(button);
    const texts = (await screen.findAllByTestId("delivery")).map((item) => item.textContent);
    expect(texts[0]).toMatch(/^Incidents, 24 Nov, 14:00500 Server error · 8 attempts · .*Failed$/);
    expect(texts[1]).toBe("Test, 24 Nov, 14:00Delivered");
  });
});
