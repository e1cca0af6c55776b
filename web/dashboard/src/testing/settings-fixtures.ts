import type {
  CalendarDay,
  Channel,
  ChannelCreated,
  Delivery,
  Incident,
  Me,
  Subscription,
} from "@metrica/client/owner.ts";
import { HttpResponse, http } from "msw";
import { me, storeId } from "./fixtures.ts";
import { apiUrl, server } from "./render-app.tsx";

/*
 * Answers of the owner API for the settings of a store and the account page.
 */

export const myStore = {
  store_id: storeId,
  name: "Corner shop",
  timezone: "Europe/Rome",
  role: "owner",
} as const;

/** Makes the caller an owner of the store, or of other ones. */
export function answerMe(changes: Partial<Me> = {}) {
  server.use(
    http.get(`${apiUrl}/me`, () => HttpResponse.json({ ...me, stores: [myStore], ...changes } satisfies Me)),
  );
}

/** Answers as a problem document, with the errors of fields. */
export function problem(status: number, title: string, errors: { loc: string[]; message: string }[] = []) {
  return HttpResponse.json(
    { type: "problem", title, status, ...(errors.length > 0 ? { errors } : {}) },
    { status },
  );
}

export function channelAnswer(changes: Partial<Channel> = {}): Channel {
  return {
    channel_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b010",
    kind: "mail",
    scope: "store",
    store_id: storeId,
    url: null,
    minimum_severity: "warning",
    incident_types: null,
    quiet_hours: null,
    enabled: true,
    disabled_reason: null,
    created_at: "2026-11-24T10:00:00Z",
    ...changes,
  };
}

export function createdChannel(changes: Partial<ChannelCreated> = {}): ChannelCreated {
  return { ...channelAnswer(), secret: null, ...changes };
}

export function deliveryAnswer(changes: Partial<Delivery> = {}): Delivery {
  return {
    delivery_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b020",
    type: "notifications.test",
    state: "pending",
    created_at: "2026-11-24T13:00:00Z",
    attempts: 0,
    attempted_at: null,
    next_attempt_at: "2026-11-24T13:00:00Z",
    outcome: null,
    delivered_at: null,
    failed_at: null,
    ...changes,
  };
}

export function incidentAnswer(changes: Partial<Incident> = {}): Incident {
  return {
    incident_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b030",
    type: "camera_offline",
    severity: "critical",
    camera_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b031",
    camera_name: "Door",
    detail: "The edge box of this camera sends nothing.",
    remedy: "Check its power.",
    facts: {},
    started_at: "2026-11-24T12:00:00+01:00",
    opened_at: "2026-11-24T12:10:00+01:00",
    ended_at: null,
    closed_at: null,
    acknowledged_at: null,
    muted_until: null,
    ...changes,
  };
}

export function subscriptionAnswer(changes: Partial<Subscription> = {}): Subscription {
  return {
    subscription_id: "6f0d0a3e-0c5e-4c1f-8f0e-4a51f3a3b040",
    store_id: storeId,
    period: "day",
    reported_until: "2026-11-23",
    created_at: "2026-11-01T10:00:00Z",
    ...changes,
  };
}

export function calendarDay(date: string, changes: Partial<CalendarDay> = {}): CalendarDay {
  return {
    date,
    opening_hours: [["09:00", "20:00"]],
    hours_from: "weekly",
    public_holiday: null,
    public_holiday_names: {},
    note: null,
    ...changes,
  };
}
